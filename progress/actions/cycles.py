from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.models import Commitment
from progress import policies
from progress.actions.tallying import tally_asked
from progress.models import Assignment, AssignmentKind, Cycle, CycleScope, CycleState
from progress.queries import stakeholders_by_owner_kind
from stakeholders import diary
from stakeholders.models import User


def plan_cycle(
    *,
    year: int,
    quarter: int,
    actor: User | None,
    scope: str = CycleScope.EVERYONE,
    at: datetime | None = None,
) -> Cycle:
    """Enter a quarter in the plan. ValidationError when there is one already or the quarter makes no sense."""
    _require_keeper(actor)
    if quarter not in (1, 2, 3, 4):
        raise ValidationError({"quarter": _("A quarter is 1, 2, 3 or 4.")})
    cycle = Cycle.for_quarter(year, quarter, scope=scope)
    with transaction.atomic():
        cycle.full_clean()
        cycle.save(force_insert=True)
        diary.record(actor=actor, verb="cycle.planned", subject=cycle, at=at, cycle=cycle.key)
    return cycle


def open_cycle(*, cycle: Cycle, actor: User | None, at: datetime | None = None) -> int:
    """Open a planned cycle and ask everyone who owes something on its first day. Returns how many were made."""
    _require_keeper(actor)
    at = at or timezone.now()
    with transaction.atomic():
        _move(cycle, CycleState.PLANNED, CycleState.OPEN)
        made = Assignment.objects.bulk_create(_assignments(cycle, asked_on=at.date()), batch_size=500)
        tally_asked(cycle, made)
        diary.record(actor=actor, verb="cycle.opened", subject=cycle, at=at, cycle=cycle.key, assignments=len(made))
    return len(made)


def close_cycle(*, cycle: Cycle, actor: User | None, at: datetime | None = None) -> None:
    """Take no more updates for this cycle. What is under review can still be decided."""
    _require_keeper(actor)
    with transaction.atomic():
        _move(cycle, CycleState.OPEN, CycleState.CLOSED)
        diary.record(actor=actor, verb="cycle.closed", subject=cycle, at=at, cycle=cycle.key)


def turn_cycles(*, at: datetime | None = None) -> list[str]:
    """What the clock does: open planned cycles whose day has come, close open ones whose day is past."""
    at = at or timezone.now()
    today = at.date()
    turned = []
    for cycle in Cycle.objects.filter(state=CycleState.PLANNED, opens_on__lte=today, closes_on__gte=today):
        open_cycle(cycle=cycle, actor=None, at=at)
        turned.append(f"{cycle.key} opened")
    for cycle in Cycle.objects.filter(state=CycleState.OPEN, closes_on__lt=today):
        close_cycle(cycle=cycle, actor=None, at=at)
        turned.append(f"{cycle.key} closed")
    return turned


def _require_keeper(actor: User | None) -> None:
    # No actor: the clock or a command of the administrator.
    if actor is not None and not policies.may_keep_cycles(actor):
        raise PermissionDenied


def _move(cycle: Cycle, before: CycleState, after: CycleState) -> None:
    if Cycle.objects.filter(pk=cycle.pk, state=before).update(state=after) != 1:
        cycle.refresh_from_db()
        raise ValidationError(
            _("The cycle %(cycle)s is in the state “%(state)s”, so this cannot be done."),
            params={"cycle": str(cycle), "state": cycle.get_state_display()},
        )
    cycle.state = after


def _assignments(cycle: Cycle, *, asked_on: date) -> list[Assignment]:
    who = stakeholders_by_owner_kind(cycle.opens_on, scope=cycle.scope)
    made = []
    for commitment in Commitment.objects.current().with_owners():
        kind = AssignmentKind.INVITED if commitment.is_collective else AssignmentKind.EXPECTED
        owing = set().union(*(who[owner.kind] for owner in commitment.owners.all()))
        made += [
            Assignment(cycle=cycle, commitment=commitment, stakeholder_id=pk, kind=kind, asked_on=asked_on)
            for pk in sorted(owing)
        ]
    return made
