"""Counting a snapshot: the same figures feed tables, charts and sentences, so they cannot disagree."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Snapshot = dict[str, Any]
STATUSES = ("not_started", "in_progress", "completed", "ongoing", "nothing_new", "not_applicable")


@dataclass
class Figures:
    """Expected answers and invited contributions are counted apart and never added up."""

    expected: int = 0
    answered: int = 0
    invited: int = 0
    contributed: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    stakeholders: set[str] = field(default_factory=set)

    @property
    def published(self) -> int:
        return self.answered + self.contributed

    @property
    def share(self) -> float | None:
        """Answered of expected, 0 to 1; None where nothing was expected."""
        return self.answered / self.expected if self.expected else None


def count(assignments: Iterable[dict[str, Any]]) -> Figures:
    figures = Figures()
    for assignment in assignments:
        update, is_expected = assignment["update"], assignment["kind"] == "expected"
        figures.expected += is_expected
        figures.invited += not is_expected
        if update:
            figures.answered += is_expected
            figures.contributed += not is_expected
            figures.statuses[update["status"]] += 1
            figures.stakeholders.add(assignment["stakeholder"])
    return figures


def by_commitment(snapshot: Snapshot) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {commitment["uid"]: [] for commitment in snapshot["commitments"]}
    for assignment in snapshot["assignments"]:
        grouped[assignment["commitment"]].append(assignment)
    return grouped
