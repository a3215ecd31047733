"""Counting a snapshot: the same figures feed tables, charts and sentences, so they cannot disagree."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Snapshot = dict[str, Any]
STATUSES = ("not_started", "in_progress", "completed", "ongoing", "nothing_new", "not_applicable")
SILENT = "no_information"


@dataclass
class Figures:
    """Expected answers and invited contributions are counted apart and never added up."""

    expected: int = 0
    invited: int = 0
    answers: Counter[str] = field(default_factory=Counter)  # status -> how many of the expected
    contributions: Counter[str] = field(default_factory=Counter)  # status -> how many of the invited
    stakeholders: set[str] = field(default_factory=set)

    @property
    def answered(self) -> int:
        return self.answers.total()

    @property
    def contributed(self) -> int:
        return self.contributions.total()

    @property
    def statuses(self) -> Counter[str]:
        return self.answers + self.contributions

    @property
    def share(self) -> float | None:
        """Answered of expected, 0 to 1; None where nothing was expected."""
        return self.answered / self.expected if self.expected else None

    @property
    def answers_and_silence(self) -> dict[str, int]:
        """Every expected answer once: by its status, or as one that was not received."""
        return {**self.answers, SILENT: self.expected - self.answered}


def count(assignments: Iterable[dict[str, Any]]) -> Figures:
    figures = Figures()
    for assignment in assignments:
        update, is_expected = assignment["update"], assignment["kind"] == "expected"
        figures.expected += is_expected
        figures.invited += not is_expected
        if update:
            (figures.answers if is_expected else figures.contributions)[update["status"]] += 1
            figures.stakeholders.add(assignment["stakeholder"])
    return figures


def by_commitment(snapshot: Snapshot) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {commitment["uid"]: [] for commitment in snapshot["commitments"]}
    for assignment in snapshot["assignments"]:
        grouped[assignment["commitment"]].append(assignment)
    return grouped
