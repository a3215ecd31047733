from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from progress import policies, reminders
from progress.actions.digests import TOPIC, subject_of
from progress.board import silent_stakeholders
from progress.models import Cycle, CycleState, Notice, NoticeReason, Reminder, ReminderPlan
from progress.models.reminder_plan import parse_days, write_days
from progress.reminders import Line
from stakeholders import diary
from stakeholders.mail import queue_topic
from stakeholders.models import DropReason, Mail, User


@dataclass(frozen=True)
class Reminded:
    """How many stakeholders were reminded, how many people a mail was queued for, and whom no mail can reach:

    because nobody writes for them, or because whoever does has unsubscribed.
    """

    stakeholders: int
    people: int
    unreachable: int
    unsubscribed: int = 0


def remind(*, cycle: Cycle, officer: User, at: datetime | None = None, **extent: str) -> Reminded:
    """Remind those who have answered nothing on something in this extent (`area`, `owner` or `stakeholder` keys).

    Whoever is reminded gets one digest of all they owe in the cycle; whom the plan or an officer told of the cycle
    today is left out. Raises PermissionDenied, and ValidationError when the cycle takes no updates.
    """
    if not policies.may_keep_cycles(officer):
        raise PermissionDenied
    at = at or timezone.now()
    if cycle.state != CycleState.OPEN:
        raise ValidationError(_("%(cycle)s is not open, so nobody can answer."), params={"cycle": cycle})
    with transaction.atomic():
        Cycle.objects.select_for_update().get(pk=cycle.pk)
        asked = set(silent_stakeholders(cycle, **extent).values_list("pk", flat=True))
        owing = silent_stakeholders(cycle).values_list("pk", flat=True)
        lines = reminders.recipients(list(owing), cycle, at=at)
        people = {line.person for line in lines if line.stakeholder_id in asked}
        told = _tell([line for line in lines if line.person in people], by=officer, at=at)
    written_for = {line.stakeholder_id for line in lines}
    reachable = {line.stakeholder_id for line in lines if line.person.wants_digests}
    return Reminded(
        stakeholders=len(asked & {line.stakeholder_id for line in told}),
        people=len({line.person for line in told}),
        unreachable=len(asked - written_for),
        unsubscribed=len(asked & written_for - reachable),
    )


def remind_by_plan(*, at: datetime | None = None) -> int:
    """What the clock does: on the days of the plan, from eight in the morning where they are, tell those who owe.

    Run again, or twice at once, it tells nobody again. Returns how many people a digest was queued for.
    """
    at = at or timezone.now()
    plan = reminders.current_plan()
    with transaction.atomic():
        taking = Cycle.objects.open().filter(closes_on__gte=at.date())
        cycles = list(taking.select_for_update().order_by("year", "quarter"))
        lines = [line for cycle in cycles for line in reminders.due_by_plan(cycle, plan, at=at)]
        return len({line.person for line in _tell(lines, by=None, at=at)})


def change_reminder_plan(*, days: Mapping[str, str], officer: User, at: datetime | None = None) -> None:
    """Set the days of some owner kinds, all or none. Raises PermissionDenied, ValidationError keyed by owner kind."""
    if not policies.may_keep_cycles(officer):
        raise PermissionDenied
    before, errors = reminders.current_plan(), {}
    with transaction.atomic():
        for kind, text in days.items():
            try:
                after = parse_days(text)
                ReminderPlan(owner_kind=kind, days=write_days(after)).full_clean(validate_unique=False)
            except ValidationError as error:
                errors[kind] = error.messages
                continue
            if after != before[kind]:
                row, _created = ReminderPlan.objects.update_or_create(
                    owner_kind=kind, defaults={"days": write_days(after)}
                )
                diary.record(
                    actor=officer, verb="plan.changed", subject=row, at=at, kind=kind, before=before[kind], after=after
                )
        if errors:
            raise ValidationError(errors)


def _tell(lines: list[Line], *, by: User | None, at: datetime) -> list[Line]:
    """Queue one digest a person, inside the caller's transaction. Returns the lines a mail was queued for.

    Who was told of a cycle today is not told of it again. Unsubscribing leaves its proof as well: a notice without
    a mail.
    """
    days = {line.person: line.person.clock(at).date() for line in lines}
    told = _told_lately({person.pk for person in days}, at)
    fresh = [line for line in lines if (line.person.pk, days[line.person], line.cycle.pk) not in told]
    cycles: dict[User, list[Cycle]] = {}
    for line in fresh:
        cycles.setdefault(line.person, [])
        if line.cycle not in cycles[line.person]:
            cycles[line.person].append(line.cycle)
    mails = {person: _queue(person, days[person], theirs, at) for person, theirs in cycles.items()}
    _note(fresh, days, mails, by)
    sent = [line for line in fresh if mails[line.person]]
    _record(sent, by, at)
    return sent


def _told_lately(people: set[int], at: datetime) -> set[tuple[int, date, int]]:
    notices = Notice.objects.filter(person__in=people, on__gte=at.date() - timedelta(days=1))
    return set(notices.values_list("person_id", "on", "reminder__cycle_id"))


def _queue(person: User, day: date, cycles: list[Cycle], at: datetime) -> Mail | None:
    if not person.wants_digests:
        return None
    fact = f"reminder:{day.isoformat()}:{'+'.join(cycle.key for cycle in cycles)}"
    with translation.override(person.language):
        return queue_topic(person=person, fact=fact, topic=TOPIC, subject=subject_of(cycles), at=at)


def _note(fresh: list[Line], days: dict[User, date], mails: dict[User, Mail | None], by: User | None) -> None:
    made: dict[tuple[int, int, date], Reminder] = {}
    notices = []
    for line in fresh:
        day, mail = days[line.person], mails[line.person]
        key = (line.cycle.pk, line.stakeholder_id, day)
        if key not in made:
            made[key], _created = Reminder.objects.get_or_create(
                cycle=line.cycle, stakeholder_id=line.stakeholder_id, on=day, defaults={"by": by, "told": 0}
            )
        left_out = "" if mail else DropReason.UNSUBSCRIBED
        notices.append(
            Notice(reminder=made[key], person=line.person, on=day, reason=line.reason, mail=mail, left_out=left_out)
        )
    Notice.objects.bulk_create(notices)
    theirs = [notice for notice in notices if notice.mail and notice.reason != NoticeReason.NOBODY_ELSE]
    for reminder, n in Counter(notice.reminder_id for notice in theirs).items():
        Reminder.objects.filter(pk=reminder).update(told=F("told") + n)


def _record(sent: list[Line], by: User | None, at: datetime) -> None:
    for cycle in {line.cycle for line in sent}:
        lines = [line for line in sent if line.cycle == cycle]
        reminded = {line.stakeholder_id for line in lines}
        codes = Reminder.objects.filter(stakeholder__in=reminded, cycle=cycle).order_by("stakeholder__code")
        diary.record(
            actor=by,
            verb="cycle.reminded",
            subject=cycle,
            at=at,
            stakeholders=list(codes.values_list("stakeholder__code", flat=True).distinct()),
            told=len({line.person for line in lines}),
        )
