from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from progress import policies
from progress.models import Comment, Update
from stakeholders import diary
from stakeholders.mail import queue_mail
from stakeholders.models import Appointment, User
from stakeholders.text import clean_body


def comment(*, update: Update, author: User, text: str, key: UUID, at: datetime | None = None) -> Comment:
    """Ask or answer on an update that was submitted once. The same key twice makes one comment.

    Raises PermissionDenied, and ValidationError keyed by field.
    """
    at = at or timezone.now()
    if not policies.may_comment(author, update, at=at):
        raise PermissionDenied
    said = Comment(
        update=update, author=author, from_secretariat=author.is_officer, at=at, text=clean_body(text), key=key
    )
    said.full_clean(exclude=["update", "author"], validate_unique=False)
    with transaction.atomic():
        known, created = Comment.objects.get_or_create(
            key=key,
            defaults={
                "update": update,
                "author": author,
                "from_secretariat": author.is_officer,
                "at": at,
                "text": said.text,
            },
        )
        if created:
            diary.record(actor=author, verb="update.commented", subject=update, at=at, comment=known.pk)
            _tell(known, at)
    return known


def _tell(said: Comment, at: datetime) -> None:
    """The other side: the stakeholder's writers, or the officers who have commented or decided here."""
    update, assignment = said.update, said.update.assignment
    if said.from_secretariat:
        writing = Appointment.objects.on(at.date()).writing().filter(stakeholder=assignment.stakeholder)
        people = User.objects.filter(is_active=True, appointments__in=writing).distinct()
        path = "update", assignment.pk
    else:
        asked = Comment.objects.filter(update=update, from_secretariat=True).values("author")
        decided = update.transitions.values("actor")
        officers = User.objects.filter(is_active=True, duty="officer")
        people = (officers.filter(pk__in=asked) | officers.filter(pk__in=decided)).distinct()
        path = "review", update.pk
    for person in people.exclude(pk=said.author_id):
        with translation.override(person.language):
            context = {
                "person": person,
                "update": update,
                "address": settings.SITE_ADDRESS + reverse(path[0], args=[path[1]]),
            }
            body = render_to_string("progress/mail/comment.txt", context)
            subject = _("A question or an answer on %(code)s") % {"code": assignment.commitment.code}
        queue_mail(person=person, fact=f"comment:{said.pk}", subject=subject, body=body, at=at)
