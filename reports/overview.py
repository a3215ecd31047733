"""Figures of cycles: who was asked, who has answered in public, and with which status.

The cost depends on the size of the cycles counted: two grouped queries, whatever the number of all cycles.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from commitments.models import Area, Commitment
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
    """All areas and commitments with the figures of this cycle, in the order of the Declaration."""
    counted = _figures_by_commitment(cycle, as_of)
    areas: dict[int, AreaRow] = {}
    total = Figures()
    for commitment in _commitments_of(cycle):
        figures = counted.get(commitment.pk, Figures())
        row = areas.setdefault(commitment.area_id, AreaRow(commitment.area, Figures(), []))
        row.commitments.append(CommitmentRow(commitment, figures))
        row.figures.add(figures)
        total.add(figures)
    return Overview(cycle, list(areas.values()), total)


def totals_by_cycle(
    cycles: Sequence[Cycle], *, as_of: datetime | None = None, **within: object
) -> list[tuple[Cycle, Figures]]:
    """The figures of whole cycles. `within` narrows the assignments that are counted, as `stakeholder=` one."""
    counted = _figures(cycles, "cycle_id", as_of, **within)
    return [(cycle, counted.get(cycle.pk, Figures())) for cycle in cycles]


def cycles_until(last: Cycle, begun: Iterable[Cycle]) -> list[Cycle]:
    """This cycle and those of `begun` before it that asked everyone, the oldest first, as many as a chart shows."""
    earlier = [c for c in begun if c.order < last.order and c.scope == CycleScope.EVERYONE]
    return [*sorted(earlier, key=lambda c: c.order)[1 - MOST_CYCLES :], last]


def _commitments_of(cycle: Cycle) -> list[Commitment]:
    """The catalogue the cycle was opened with; before it opens, the current one."""
    commitments = Commitment.objects.with_owners().order_by("area__number", "position")
    asked = commitments.filter(
        area__declaration__in=Assignment.objects.filter(cycle=cycle).values("commitment__area__declaration")
    )
    return list(asked) or list(commitments.current())


def _figures_by_commitment(cycle: Cycle, as_of: datetime | None) -> dict[int, Figures]:
    return _figures([cycle], "commitment_id", as_of)


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
