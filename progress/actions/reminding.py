from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from progress import policies
from progress.board import expected_of, silent_among, silent_stakeholders
from progress.models import Cycle, CycleState, Reminder
from stakeholders import diary
from stakeholders.mail import queue_mail
from stakeholders.models import Appointment, User


@dataclass(frozen=True)
class Reminded:
    """How many stakeholders were reminded, how many people a mail was queued for, and whom nobody writes for."""

    stakeholders: int
    people: int
    unreachable: int


def remind(*, cycle: Cycle, officer: User, at: datetime | None = None, **extent: str) -> Reminded:
    """Remind those who have answered nothing on something in this extent (`area`, `owner` or `stakeholder` keys).

    Everyone who may write for them gets one mail a day at most, about all they owe in the cycle, in their language.
    Who was reminded today is left out; a stakeholder nobody writes for cannot be reminded and is only counted.
    Raises PermissionDenied, and ValidationError when the cycle takes no updates.
    """
    if not policies.may_keep_cycles(officer):
        raise PermissionDenied
    at = at or timezone.now()
    if cycle.state != CycleState.OPEN:
        raise ValidationError(_("%(cycle)s is not open, so nobody can answer."), params={"cycle": cycle})
    with transaction.atomic():
        Cycle.objects.select_for_update().get(pk=cycle.pk)
        reminded = Reminder.objects.filter(cycle=cycle, on=at.date()).values("stakeholder")
        silent = list(silent_stakeholders(cycle, **extent).exclude(pk__in=reminded))
        writing = Appointment.objects.on(at.date()).writing().filter(person__is_active=True)
        appointments = list(writing.filter(stakeholder__in=silent).select_related("person"))
        told = _tell({a.person for a in appointments}, cycle, at)
        people = Counter(a.stakeholder_id for a in appointments)
        reached = [who for who in silent if people[who.pk]]
        Reminder.objects.bulk_create(
            Reminder(cycle=cycle, stakeholder=who, on=at.date(), by=officer, told=people[who.pk]) for who in reached
        )
        if reached:
            codes = [who.code for who in reached]
            diary.record(actor=officer, verb="cycle.reminded", subject=cycle, at=at, stakeholders=codes, told=told)
    return Reminded(stakeholders=len(reached), people=told, unreachable=len(silent) - len(reached))


def _tell(people: set[User], cycle: Cycle, at: datetime) -> int:
    told = 0
    for person in sorted(people, key=lambda person: person.pk):
        subject, body = _words(person, cycle, at)
        told += queue_mail(
            person=person, fact=f"reminder:{cycle.key}:{at.date().isoformat()}", subject=subject, body=body, at=at
        )
    return told


def _words(person: User, cycle: Cycle, at: datetime) -> tuple[str, str]:
    """One digest of all this person can still answer in the cycle."""
    theirs = Appointment.objects.on(at.date()).writing().filter(person=person).values("stakeholder")
    silent = silent_among(expected_of(cycle)).filter(stakeholder__in=theirs).select_related("stakeholder", "commitment")
    with translation.override(person.language):
        context = {
            "person": person,
            "cycle": cycle,
            "assignments": silent.order_by("stakeholder__code", "commitment__area__number", "commitment__position"),
            "address": f"{settings.SITE_ADDRESS}{reverse('desk')}",
        }
        subject = _("Updates due: %(cycle)s") % {"cycle": cycle}
        return subject, render_to_string("progress/mail/reminder.txt", context)
