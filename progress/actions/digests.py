"""The words of a digest, made when it is sent: from who is appointed, what is unanswered and who still wants it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from progress import reminders
from progress.board import expected_of, silent_among
from progress.models import Assignment, Cycle, Notice, NoticeReason
from stakeholders.mail import Drop, Wait, Words
from stakeholders.models import Appointment, DropReason, Mail, Stakeholder, User
from stakeholders.unsubscribing import headers_for, link_for

TOPIC = "digest"


@dataclass(frozen=True)
class Part:
    """What a digest says about one cycle."""

    cycle: Cycle
    is_late: bool
    assignments: list[Assignment] = field(default_factory=list)
    unreachable: list[Stakeholder] = field(default_factory=list)

    @property
    def stakeholders(self) -> set[int]:
        return {one.stakeholder_id for one in self.assignments} | {one.pk for one in self.unreachable}


def subject_of(cycles: Iterable[Cycle]) -> str:
    return _("Updates due: %(cycle)s") % {"cycle": ", ".join(str(cycle) for cycle in cycles)}


def write_digest(mail: Mail, at: datetime) -> Words | Drop | Wait:
    """What is still to be said; nothing stale is ever sent.

    What was answered since, or belongs to somebody else by now, is left out, and its notice says so. A cycle of
    which a later digest tells is left to that one. Nothing left: the mail is dropped.
    """
    person = mail.person
    person.refresh_from_db()
    if not person.wants_digests:
        Notice.objects.filter(mail=mail).update(left_out=DropReason.UNSUBSCRIBED)
        return Drop(DropReason.UNSUBSCRIBED)
    clock = person.clock(at)
    if clock.hour < reminders.DECENT_HOUR:
        return Wait(clock.replace(hour=reminders.DECENT_HOUR, minute=0, second=0, microsecond=0))
    notices = Notice.objects.filter(mail=mail).select_related("reminder__cycle", "reminder__stakeholder")
    later = Notice.objects.filter(person=person, mail__gt=mail.pk).values("reminder__cycle")
    notices.filter(reminder__cycle__in=later).update(left_out=DropReason.REPLACED)
    current = list(notices.exclude(reminder__cycle__in=later))
    parts = _parts(current, person, at)
    _note(current, parts)
    if not parts:
        return Drop(DropReason.NOTHING_DUE if current else DropReason.REPLACED)
    return _words(person, parts)


def _parts(notices: list[Notice], person: User, at: datetime) -> list[Part]:
    theirs = set(
        Appointment.objects.on(at.date()).writing().filter(person=person).values_list("stakeholder", flat=True)
    )
    by_cycle: dict[Cycle, list[Notice]] = {}
    for notice in notices:
        by_cycle.setdefault(notice.reminder.cycle, []).append(notice)
    parts = []
    for cycle, group in sorted(by_cycle.items(), key=lambda item: item[0].order):
        if person.is_active and cycle.takes_updates_on(at.date()):
            part = Part(
                cycle,
                person.clock(at).date() > cycle.due_on,
                _assignments(group, theirs),
                _unreachable(group, person, at) if person.is_officer else [],
            )
            parts += [part] if part.stakeholders else []
    return parts


def _assignments(notices: list[Notice], theirs: set[int]) -> list[Assignment]:
    cycle = notices[0].reminder.cycle
    told = {n.reminder.stakeholder_id for n in notices if n.reason != NoticeReason.NOBODY_ELSE}
    silent = silent_among(expected_of(cycle)).filter(stakeholder__in=told & theirs)
    in_order = silent.order_by("stakeholder__code", "commitment__area__number", "commitment__position")
    return list(in_order.select_related("stakeholder", "commitment"))


def _unreachable(notices: list[Notice], officer: User, at: datetime) -> list[Stakeholder]:
    cycle = notices[0].reminder.cycle
    told = {n.reminder.stakeholder_id for n in notices if n.reason == NoticeReason.NOBODY_ELSE}
    if not told:
        return []
    reached = {line.stakeholder_id for line in reminders.recipients(told, cycle, at=at) if line.person.wants_digests}
    silent = silent_among(expected_of(cycle)).filter(stakeholder__in=told - reached).values("stakeholder")
    return list(Stakeholder.objects.filter(pk__in=silent).order_by("code"))


def _note(notices: list[Notice], parts: list[Part]) -> None:
    said = {(part.cycle.pk, stakeholder) for part in parts for stakeholder in part.stakeholders}
    is_said = {n.pk: (n.reminder.cycle_id, n.reminder.stakeholder_id) in said for n in notices}
    for left_out, wanted in (("", True), (DropReason.NOTHING_DUE, False)):
        chosen = [pk for pk, here in is_said.items() if here == wanted]
        Notice.objects.filter(pk__in=chosen).exclude(left_out=left_out).update(left_out=left_out)


def _words(person: User, parts: list[Part]) -> Words:
    with translation.override(person.language):
        context = {
            "person": person,
            "parts": parts,
            "owes": any(part.assignments for part in parts),
            "desk": settings.SITE_ADDRESS + reverse("desk"),
            "board": f"{settings.SITE_ADDRESS}{reverse('board')}?by=stakeholder",
            "unsubscribe": link_for(person),
        }
        body = render_to_string("progress/mail/reminder.txt", context)
        return Words(person.language, subject_of(part.cycle for part in parts), body, headers_for(person))
