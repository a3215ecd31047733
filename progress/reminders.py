"""Whom the plan or an officer is to tell that something is due. Days are those of the person's own clock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from progress.board import expected_of, silent_among
from progress.models import Cycle, Notice, NoticeReason, ReminderPlan
from progress.models.reminder_plan import DEFAULT_DAYS, PLANNED_KINDS, parse_days
from stakeholders.models import Appointment, AppointmentRole, Duty, User

DECENT_HOUR = 8
# A day of the plan that passed while no clock ran, or before somebody was appointed, is made up for this long.
CATCH_UP = timedelta(days=3)

Plan = dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class Line:
    """One stakeholder's open answers in a cycle, for one person."""

    person: User
    cycle: Cycle
    stakeholder_id: int
    reason: NoticeReason


def current_plan() -> Plan:
    stored = dict(ReminderPlan.objects.values_list("owner_kind", "days"))
    return {kind: parse_days(stored[kind]) if kind in stored else DEFAULT_DAYS for kind, _label in PLANNED_KINDS}


def planned_day(cycle: Cycle, days: tuple[int, ...], today: date) -> date | None:
    """The last day of the plan up to today, if it belongs to the cycle and is not too long ago."""
    reached = [day for before in days if (day := cycle.due_on - timedelta(days=before)) <= today]
    last = max(reached, default=date.min)
    return last if last >= max(cycle.opens_on, today - CATCH_UP) else None


def first_day_after_due(cycle: Cycle, days: tuple[int, ...]) -> date | None:
    after = [-day for day in days if day < 0]
    return cycle.due_on + timedelta(days=min(after)) if after else None


def recipients(stakeholders: Collection[int], cycle: Cycle, *, at: datetime) -> list[Line]:
    """Who is told of these stakeholders: authors and approvers.

    Deputies are told too once the due date is past, and before that where nobody else reads digests.
    """
    writing = Appointment.objects.on(at.date()).writing().filter(person__is_active=True, stakeholder__in=stakeholders)
    owners: dict[int, dict[User, bool]] = {}
    for one in writing.select_related("person").order_by("stakeholder_id", "person_id"):
        people = owners.setdefault(one.stakeholder_id, {})
        people[one.person] = people.get(one.person, False) or one.role != AppointmentRole.DEPUTY
    lines = []
    for stakeholder, people in owners.items():
        alone = not any(writes and person.wants_digests for person, writes in people.items())
        for person, writes in people.items():
            if writes:
                lines.append(Line(person, cycle, stakeholder, NoticeReason.WRITES))
            elif alone or person.clock(at).date() > cycle.due_on:
                lines.append(Line(person, cycle, stakeholder, NoticeReason.STANDS_IN))
    return lines


def due_by_plan(cycle: Cycle, plan: Plan, *, at: datetime) -> list[Line]:
    """Those whose morning of a planned day has come and who were not told since.

    Whoever is told is told of all they owe in the cycle, so that it takes one mail.
    """
    around = [at.date() + timedelta(days=n) for n in (-1, 0, 1)]  # somewhere it is yesterday or tomorrow
    if not any(planned_day(cycle, days, day) for days in plan.values() for day in around):
        return []
    owing = _owner_kinds(cycle)
    lines = recipients(owing, cycle, at=at)
    told = _last_told(cycle, since=around[0] - CATCH_UP)
    due = {line.person for line in lines if _is_due(line, owing[line.stakeholder_id], plan, told, at)}
    return [line for line in lines if line.person in due] + _for_officers(owing, lines, cycle, plan, at=at)


def _owner_kinds(cycle: Cycle) -> dict[int, set[str]]:
    """Stakeholder -> the leading owner kinds of the commitments on which it has yet to answer."""
    silent = silent_among(expected_of(cycle)).order_by()
    kinds: dict[int, set[str]] = {}
    for stakeholder, kind in silent.values_list("stakeholder_id", "commitment__owners__kind").distinct():
        kinds.setdefault(stakeholder, set()).add(kind)
    return kinds


def _last_told(cycle: Cycle, *, since: date) -> dict[int, date]:
    told: dict[int, date] = {}
    notices = Notice.objects.filter(reminder__cycle=cycle, on__gte=since)
    for person, day in notices.order_by("on").values_list("person_id", "on"):
        told[person] = day
    return told


def _is_due(line: Line, kinds: set[str], plan: Plan, told: dict[int, date], at: datetime) -> bool:
    clock = line.person.clock(at)
    if clock.hour < DECENT_HOUR:
        return False
    days = [day for kind in kinds if (day := planned_day(line.cycle, plan[kind], clock.date()))]
    return bool(days) and told.get(line.person.pk, date.min) < max(days)


def _for_officers(
    owing: dict[int, set[str]], lines: list[Line], cycle: Cycle, plan: Plan, *, at: datetime
) -> list[Line]:
    """Stakeholders past their first planned day after the due date for whom nobody reads digests, once an officer."""
    reached = {line.stakeholder_id for line in lines if line.person.wants_digests}
    days = {
        stakeholder: min(found)
        for stakeholder in owing.keys() - reached
        if (found := [day for kind in owing[stakeholder] if (day := first_day_after_due(cycle, plan[kind]))])
    }
    if not any(day <= at.date() + timedelta(days=1) for day in days.values()):
        return []
    notices = Notice.objects.filter(reminder__cycle=cycle, reason=NoticeReason.NOBODY_ELSE)
    told = set(notices.values_list("person_id", "reminder__stakeholder_id"))
    made = []
    for officer in User.objects.filter(duty=Duty.OFFICER, is_active=True).order_by("pk"):
        clock = officer.clock(at)
        if clock.hour >= DECENT_HOUR:
            made += [
                Line(officer, cycle, stakeholder, NoticeReason.NOBODY_ELSE)
                for stakeholder, day in sorted(days.items())
                if day <= clock.date() <= day + CATCH_UP and (officer.pk, stakeholder) not in told
            ]
    return made
