"""Figures of one cycle: who was asked, who has answered in public, and with which status.

The cost depends on the size of one cycle: two grouped queries, whatever the number of cycles.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count

from commitments.models import Area, Commitment
from progress.models import Assignment, AssignmentKind, Cycle, Status, UpdateVersion


@dataclass
class Coverage:
    """Expected answers and invited contributions are counted apart and never added up."""

    expected: int = 0
    answered: int = 0
    invited: int = 0
    contributed: int = 0
    statuses: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Coverage") -> None:
        self.expected += other.expected
        self.answered += other.answered
        self.invited += other.invited
        self.contributed += other.contributed
        self.statuses.update(other.statuses)

    @property
    def percent(self) -> int | None:
        """Answered of expected in whole percent; None where nobody was expected to answer."""
        return round(100 * self.answered / self.expected) if self.expected else None

    @property
    def status_counts(self) -> list[tuple[str, str, int]]:
        """(status, its label, how many) down the ladder, without the empty rungs."""
        return [(key, str(label), self.statuses[key]) for key, label in Status.choices if self.statuses[key]]

    @property
    def ladder(self) -> list[int]:
        """How many on each rung of the ladder, empty rungs included."""
        return [self.statuses[key] for key in Status.values]


@dataclass
class CommitmentRow:
    commitment: Commitment
    coverage: Coverage


@dataclass
class AreaRow:
    area: Area
    coverage: Coverage
    commitments: list[CommitmentRow]


@dataclass
class Overview:
    cycle: Cycle
    areas: list[AreaRow]
    total: Coverage

    @property
    def status_labels(self) -> list[str]:
        return [str(label) for label in Status.labels]

    @property
    def commitments(self) -> int:
        return sum(len(area.commitments) for area in self.areas)


def overview_of(cycle: Cycle, *, as_of: datetime | None = None) -> Overview:
    """All areas and commitments with the figures of this cycle, in the order of the Declaration."""
    figures = _coverage_by_commitment(cycle, as_of)
    areas: dict[int, AreaRow] = {}
    total = Coverage()
    for commitment in _commitments_of(cycle):
        coverage = figures.get(commitment.pk, Coverage())
        row = areas.setdefault(commitment.area_id, AreaRow(commitment.area, Coverage(), []))
        row.commitments.append(CommitmentRow(commitment, coverage))
        row.coverage.add(coverage)
        total.add(coverage)
    return Overview(cycle, list(areas.values()), total)


def _commitments_of(cycle: Cycle) -> list[Commitment]:
    """The catalogue the cycle was opened with; before it opens, the current one."""
    commitments = Commitment.objects.with_owners().order_by("area__number", "position")
    asked = commitments.filter(
        area__declaration__in=Assignment.objects.filter(cycle=cycle).values("commitment__area__declaration")
    )
    return list(asked) or list(commitments.current())


def _coverage_by_commitment(cycle: Cycle, as_of: datetime | None) -> dict[int, Coverage]:
    figures: dict[int, Coverage] = {}
    asked = Assignment.objects.filter(cycle=cycle).values_list("commitment_id", "kind").annotate(n=Count("pk"))
    for commitment_id, kind, n in asked.order_by():
        coverage = figures.setdefault(commitment_id, Coverage())
        if kind == AssignmentKind.EXPECTED:
            coverage.expected += n
        else:
            coverage.invited += n
    answers = (
        UpdateVersion.objects.published(as_of)
        .filter(update__assignment__cycle=cycle)
        .values_list("update__assignment__commitment_id", "update__assignment__kind", "status")
        .annotate(n=Count("pk"))
    )
    for commitment_id, kind, status, n in answers.order_by():
        coverage = figures[commitment_id]
        coverage.statuses[status] += n
        if kind == AssignmentKind.EXPECTED:
            coverage.answered += n
        else:
            coverage.contributed += n
    return figures
