"""E-mail as rows: a fact is noted with the deed, the clock sends it. A dead mail server only delays it.

A mail on a topic is written when it is sent: what was true when it was queued may not be any more.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone

from stakeholders.models import DropReason, Mail, User

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 100
LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class Words:
    language: str
    subject: str
    body: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drop:
    """Nothing to send after all."""

    because: DropReason


@dataclass(frozen=True)
class Wait:
    """Not now: it is night where the person is."""

    until: datetime


Maker = Callable[[Mail, datetime], Words | Drop | Wait]
_makers: dict[str, Maker] = {}


def write_when_sending(topic: str, maker: Maker) -> None:
    """Let the room that knows a topic write its mails at the moment they are sent."""
    _makers[topic] = maker


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


def queue_topic(*, person: User, fact: str, topic: str, subject: str, at: datetime) -> Mail:
    """Note that a person is to be told of a topic; its words are made when it is sent. Queued twice is queued once."""
    row = {"topic": topic, "language": person.language, "subject": subject, "queued_at": at, "due_at": at}
    mail, _created = Mail.objects.get_or_create(person=person, fact=fact, defaults=row)
    return mail


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
    words = _makers[mail.topic](mail, at) if mail.topic else Words(mail.language, mail.subject, mail.body)
    if isinstance(words, Drop):
        Mail.objects.filter(pk=mail.pk).update(lease_until=None, dropped_at=at, dropped_because=words.because)
        return False
    if isinstance(words, Wait):
        Mail.objects.filter(pk=mail.pk).update(lease_until=None, due_at=words.until)
        return False
    return _hand_over(mail, words, at)


def _hand_over(mail: Mail, words: Words, at: datetime) -> bool:
    """Give it to the mail server. False when the server does not take it; then it waits."""
    address, message_id = mail.person.email, _message_id(mail)
    headers = {"Message-ID": message_id, "Content-Language": words.language, "Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(words.subject, words.body, to=[address], headers=headers | words.headers).send()
    except OSError as error:  # the mail server's refusals are OSErrors too
        # The words of the refusal stand in the row: they name the address.
        logger.warning("mail %s waits: %s %s", mail.pk, type(error).__name__, getattr(error, "smtp_code", ""))
        wait = min(timedelta(minutes=2**mail.attempts), LONGEST_WAIT)
        Mail.objects.filter(pk=mail.pk).update(lease_until=None, due_at=at + wait, trouble=str(error)[:300])
        return False
    done = {"sent_at": timezone.now(), "address": address, "message_id": message_id}
    done |= {"language": words.language, "subject": words.subject, "body": "" if mail.is_secret else words.body}
    Mail.objects.filter(pk=mail.pk).update(lease_until=None, trouble="", **done)
    return True


def _message_id(mail: Mail) -> str:
    """Always the same for one mail."""
    name = f"{settings.SITE_ADDRESS}/mail/{mail.pk}"
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, name)}@{urlsplit(settings.SITE_ADDRESS).hostname}>"
