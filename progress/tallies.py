"""Counting assignments and public answers from the rows themselves: what every tally must agree with."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Sum

from progress.models import Assignment, Cycle, Tally, UpdateVersion

Key = tuple[int, int, str, str]  # cycle, commitment, kind, status; the status "" stands for all that were asked
COLUMNS = ("cycle_id", "commitment_id", "kind")


def counted(
    cycles: Iterable[Cycle], *, as_of: datetime | None = None, commitments: Collection[int] | None = None
) -> Counter[Key]:
    """Two grouped queries over the rows of these cycles, and of these commitments where some are named."""
    within: dict[str, Any] = {"cycle__in": cycles}
    if commitments is not None:
        within["commitment__in"] = commitments
    asked = Assignment.objects.filter(**within).values_list(*COLUMNS).annotate(n=Count("pk")).order_by()
    answered = (
        UpdateVersion.objects.published(as_of)
        .filter(**{f"update__assignment__{name}": value for name, value in within.items()})
        .values_list(*(F(f"update__assignment__{column}") for column in COLUMNS), "status")
        .annotate(n=Count("pk"))
        .order_by()
    )
    found: Counter[Key] = Counter({(cycle, commitment, kind, ""): n for cycle, commitment, kind, n in asked})
    found.update({(cycle, commitment, kind, status): n for cycle, commitment, kind, status, n in answered})
    return found


def kept(cycles: Iterable[Cycle], commitments: Collection[int] | None = None) -> Counter[Key]:
    """The same from the tallies, in one query."""
    rows = Tally.objects.filter(cycle__in=list(cycles), n__gt=0)
    if commitments is not None:
        rows = rows.filter(commitment__in=commitments)
    found = rows.values_list(*COLUMNS, "status", "n")
    return Counter({(cycle, commitment, kind, status): n for cycle, commitment, kind, status, n in found})


def kept_by_cycle(cycles: Iterable[Cycle], commitments: Collection[int] | None = None) -> Counter[tuple[int, str, str]]:
    """(cycle, kind, status) -> how many, added up by the database, of these commitments or of all."""
    rows = Tally.objects.filter(cycle__in=cycles)
    if commitments is not None:
        rows = rows.filter(commitment__in=commitments)
    summed = rows.values_list("cycle_id", "kind", "status").annotate(total=Sum("n")).order_by()
    return Counter({(cycle, kind, status): n for cycle, kind, status, n in summed})


def kept_at(cycles: Iterable[Cycle], as_of: datetime, commitments: Collection[int] | None = None) -> Counter[Key]:
    """As things stood at that instant, from the tallies of every cycle in which nothing has come or gone since.

    Only the others are counted from their rows: one or two, for a day of the last years.
    """
    cycles = list(cycles)
    since = Tally.objects.filter(cycle__in=cycles, changed_at__gt=as_of)
    moved = set(since.values_list("cycle_id", flat=True).distinct())
    found = kept((cycle for cycle in cycles if cycle.pk not in moved), commitments)
    if moved:
        found += counted([cycle for cycle in cycles if cycle.pk in moved], as_of=as_of, commitments=commitments)
    return found


def ever_public_on(commitment: int) -> int:
    """How many versions on a commitment ever came before the public."""
    return Tally.objects.filter(commitment=commitment).aggregate(n=Sum("ever"))["n"] or 0


@dataclass(frozen=True)
class Figure:
    """What a tally says."""

    n: int = 0
    ever: int = 0
    changed_at: datetime | None = None

    def __str__(self) -> str:
        moment = f", the last change at {self.changed_at:%Y-%m-%d %H:%M:%S.%f}" if self.changed_at else ""
        return f"{self.n} ({self.ever} ever{moment})"


def from_rows(cycle: Cycle) -> dict[Key, Figure]:
    """Everything the tallies of a cycle must say."""
    within = (F(f"update__assignment__{column}") for column in COLUMNS)
    public = UpdateVersion.objects.ever_published().filter(update__assignment__cycle=cycle)
    moved = public.values_list(*within, "status").annotate(
        ever=Count("pk"), came=Max("published_at"), went=Max("unpublished_at")
    )
    now = counted([cycle])
    found = {key: Figure(n) for key, n in now.items()}
    for cycle_id, commitment, kind, status, ever, came, went in moved.order_by():
        key = (cycle_id, commitment, kind, status)
        found[key] = Figure(now[key], ever, max(came, went) if went else came)
    return found


def differences(cycle: Cycle) -> list[tuple[Key, Figure, Figure]]:
    """(what, what the tallies say, what the rows say) wherever the two disagree."""
    rows = Tally.objects.filter(cycle=cycle).values_list(*COLUMNS, "status", "n", "ever", "changed_at")
    nothing = Figure()
    told = {(c, commitment, kind, status): Figure(*figure) for c, commitment, kind, status, *figure in rows}
    true = from_rows(cycle)
    both = ((key, told.get(key, nothing), true.get(key, nothing)) for key in sorted(told.keys() | true.keys()))
    return [(key, said, is_so) for key, said, is_so in both if said != is_so]
