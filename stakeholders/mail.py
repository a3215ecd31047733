"""E-mail as rows: a fact is noted with the deed, the clock sends it. A dead mail server only delays it."""

import logging
import uuid
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone

from stakeholders.models import Mail, User

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 100
LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=1)


def queue_mail(
    *, person: User, fact: str, subject: str, body: str, is_secret: bool = False, at: datetime | None = None
) -> bool:
    """Note what a person is to be told, in words already in their language. False when they were told before.

    The words of a secret mail (it holds a link that opens an account) are erased once it is sent.
    """
    at = at or timezone.now()
    words = {"language": person.language, "subject": subject, "body": body, "is_secret": is_secret}
    words |= {"queued_at": at, "due_at": at}
    _mail, created = Mail.objects.get_or_create(person=person, fact=fact, defaults=words)
    return created


def send_waiting_mail(*, at: datetime | None = None) -> int:
    """Send what is due. Returns how many went out; what failed is tried again later, each time a little later.

    A worker that dies between sending and noting it lets the mail go out again under the same Message-ID, by which
    mail programs know it for the same.
    """
    at = at or timezone.now()
    sent = 0
    for mail in Mail.objects.waiting(at).select_related("person").order_by("due_at")[:MOST_AT_ONCE]:
        same = Mail.objects.waiting(at).filter(pk=mail.pk, attempts=mail.attempts)
        if same.update(lease_until=at + LEASE, attempts=F("attempts") + 1):
            sent += _send(mail, at)
    return sent


def _send(mail: Mail, at: datetime) -> bool:
    address, message_id = mail.person.email, _message_id(mail)
    headers = {"Message-ID": message_id, "Content-Language": mail.language, "Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(mail.subject, mail.body, to=[address], headers=headers).send()
    except OSError as error:  # the mail server's refusals are OSErrors too
        logger.warning("mail %s waits: %s", mail.pk, error)
        wait = min(timedelta(minutes=2**mail.attempts), LONGEST_WAIT)
        Mail.objects.filter(pk=mail.pk).update(lease_until=None, due_at=at + wait, trouble=str(error)[:300])
        return False
    done = {"sent_at": timezone.now(), "address": address, "message_id": message_id}
    if mail.is_secret:
        done["body"] = ""
    Mail.objects.filter(pk=mail.pk).update(lease_until=None, trouble="", **done)
    return True


def _message_id(mail: Mail) -> str:
    """Always the same for one mail."""
    name = f"{settings.SITE_ADDRESS}/mail/{mail.pk}"
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, name)}@{urlsplit(settings.SITE_ADDRESS).hostname}>"
