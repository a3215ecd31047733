"""Counting assignments and public answers from the rows themselves: what every tally must agree with."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Sum

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


def kept(cycles: Iterable[Cycle]) -> Counter[Key]:
    """The same from the tallies, in one query."""
    rows = Tally.objects.filter(cycle__in=cycles, n__gt=0).values_list(*COLUMNS, "status", "n")
    return Counter({(cycle, commitment, kind, status): n for cycle, commitment, kind, status, n in rows})


def kept_by_cycle(cycles: Iterable[Cycle], commitments: Collection[int] | None = None) -> Counter[tuple[int, str, str]]:
    """(cycle, kind, status) -> how many, added up by the database, of these commitments or of all."""
    rows = Tally.objects.filter(cycle__in=cycles)
    if commitments is not None:
        rows = rows.filter(commitment__in=commitments)
    summed = rows.values_list("cycle_id", "kind", "status").annotate(total=Sum("n")).order_by()
    return Counter({(cycle, kind, status): n for cycle, kind, status, n in summed})


def differences(cycle: Cycle) -> list[tuple[Key, int, int]]:
    """(what, how many the tallies say, how many the rows say) wherever the two disagree."""
    told, true = kept([cycle]), counted([cycle])
    return [(key, told[key], true[key]) for key in sorted(told.keys() | true.keys()) if told[key] != true[key]]
