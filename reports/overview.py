"""Figures of cycles: who was asked, who has answered in public, and with which status."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from commitments.models import Area, Commitment
from commitments.models.commitment import CommitmentQuerySet
from progress import tallies
from progress.models import Assignment, Cycle, CycleScope, UpdateVersion
from reports.figures import Figures

MOST_CYCLES = 8


@dataclass
class CommitmentRow:
    commitment: Commitment
    figures: Figures


@dataclass
class AreaRow:
    area: Area
    figures: Figures
    commitments: list[CommitmentRow]

    @property
    def leads(self) -> Counter[str]:
        """Owner kind -> how many commitments of the area it leads."""
        return Counter(row.commitment.lead.kind for row in self.commitments)


@dataclass
class Overview:
    cycle: Cycle
    areas: list[AreaRow]
    total: Figures

    @property
    def commitments(self) -> int:
        return sum(len(area.commitments) for area in self.areas)


def overview_of(cycle: Cycle, *, as_of: datetime | None = None) -> Overview:
    """The whole catalogue with the figures of this cycle. Three queries."""
    areas = areas_of(cycle, as_of=as_of)
    total = Figures()
    for row in areas:
        total.add(row.figures)
    return Overview(cycle, areas, total)


def areas_of(cycle: Cycle | None, *, as_of: datetime | None = None) -> list[AreaRow]:
    """All areas and commitments in the order of the Declaration, with no figures where there is no cycle."""
    counted = _by_commitment(_count([cycle], as_of)) if cycle else {}
    areas: dict[int, AreaRow] = {}
    for commitment in _commitments_of(counted):
        figures = counted.get(commitment.pk, Figures())
        row = areas.setdefault(commitment.area_id, AreaRow(commitment.area, Figures(), []))
        row.commitments.append(CommitmentRow(commitment, figures))
        row.figures.add(figures)
    return list(areas.values())


def history_of(
    cycles: Sequence[Cycle], *, as_of: datetime | None = None, commitments: Collection[int] | None = None
) -> list[tuple[Cycle, Figures]]:
    """The figures of each of these cycles, of all commitments or of those with these keys. One query for now."""
    found: dict[int, Figures] = {cycle.pk: Figures() for cycle in cycles}
    if as_of is None:
        for (cycle_id, kind, status), n in tallies.kept_by_cycle(cycles, commitments).items():
            _add(found[cycle_id], kind, status, n)
    else:
        counted = tallies.kept_at(cycles, as_of, commitments)
        for (cycle_id, _commitment, kind, status), n in counted.items():
            _add(found[cycle_id], kind, status, n)
    return [(cycle, found[cycle.pk]) for cycle in cycles]


def totals_by_cycle(
    cycles: Sequence[Cycle], *, as_of: datetime | None = None, **within: object
) -> list[tuple[Cycle, Figures]]:
    """The figures of whole cycles from the rows. `within` narrows the assignments, as `stakeholder=` one."""
    counted = _figures(cycles, "cycle_id", as_of, **within)
    return [(cycle, counted.get(cycle.pk, Figures())) for cycle in cycles]


def cycles_until(last: Cycle, begun: Iterable[Cycle]) -> list[Cycle]:
    """This cycle and those of `begun` before it that asked everyone, the oldest first, as many as a chart shows."""
    earlier = [c for c in begun if c.order < last.order and c.scope == CycleScope.EVERYONE]
    return [*sorted(earlier, key=lambda c: c.order)[1 - MOST_CYCLES :], last]


def _count(cycles: Sequence[Cycle], as_of: datetime | None) -> Counter[tallies.Key]:
    """What is kept answers for now; for an earlier day, rows are counted where something has changed since."""
    return tallies.kept(cycles) if as_of is None else tallies.kept_at(cycles, as_of)


def _by_commitment(counted: Counter[tallies.Key]) -> dict[int, Figures]:
    found: dict[int, Figures] = {}
    for (_cycle, commitment, kind, status), n in counted.items():
        _add(found.setdefault(commitment, Figures()), kind, status, n)
    return found


def _add(figures: Figures, kind: str, status: str, n: int) -> None:
    if status:
        figures.tell(kind, status, n)
    else:
        figures.ask(kind, n)


def unasked(area: Area) -> AreaRow:
    """An area of an edition that the cycle did not ask about."""
    return AreaRow(
        area, Figures(), [CommitmentRow(one, Figures()) for one in Commitment.objects.with_owners().filter(area=area)]
    )


def _commitments_of(asked: Collection[int]) -> CommitmentQuerySet:
    """The edition these commitments belong to; the current one where nothing was asked."""
    commitments: CommitmentQuerySet = Commitment.objects.with_owners().order_by("area__number", "position")
    if not asked:
        return commitments.current()
    edition = Commitment.objects.filter(pk=next(iter(asked))).values("area__declaration")
    return commitments.filter(area__declaration__in=edition)


def _figures(cycles: Iterable[Cycle], by: str, as_of: datetime | None, **within: object) -> dict[int, Figures]:
    """Figures of all assignments of the cycles, grouped by this column of the assignment."""
    counted: dict[int, Figures] = {}
    asked = Assignment.objects.filter(cycle__in=cycles, **within).values_list(by, "kind").annotate(n=Count("pk"))
    for key, kind, n in asked.order_by():
        counted.setdefault(key, Figures()).ask(kind, n)
    answers = (
        UpdateVersion.objects.published(as_of)
        .filter(update__assignment__cycle__in=cycles, **{f"update__assignment__{k}": v for k, v in within.items()})
        .values_list(f"update__assignment__{by}", "update__assignment__kind", "status")
        .annotate(n=Count("pk"))
    )
    for key, kind, status, n in answers.order_by():
        counted[key].tell(kind, status, n)
    return counted
