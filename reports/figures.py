"""Counting: the same figures feed pages, tables, charts and sentences, so they cannot disagree."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from progress.models import AssignmentKind, Status

Snapshot = dict[str, Any]
STATUSES = tuple(Status.values)
SILENT = "no_information"
PUBLISHED = "published"  # with whatever status
FIRST, MOVED, SAME, NOT_AGAIN = "first", "moved", "same", "not_again"
CHANGES = (FIRST, MOVED, SAME, NOT_AGAIN)


@dataclass
class Figures:
    """Expected answers and invited contributions are counted apart and never added up."""

    expected: int = 0
    invited: int = 0
    answers: Counter[str] = field(default_factory=Counter)  # status -> how many of the expected
    contributions: Counter[str] = field(default_factory=Counter)  # status -> how many of the invited
    stakeholders: set[str] = field(default_factory=set)  # codes of those that said something, where they were counted

    def ask(self, kind: str, n: int = 1) -> None:
        if kind == AssignmentKind.EXPECTED:
            self.expected += n
        else:
            self.invited += n

    def tell(self, kind: str, status: str, n: int = 1) -> None:
        (self.answers if kind == AssignmentKind.EXPECTED else self.contributions)[status] += n

    def add(self, other: "Figures") -> None:
        self.expected += other.expected
        self.invited += other.invited
        self.answers.update(other.answers)
        self.contributions.update(other.contributions)
        self.stakeholders |= other.stakeholders

    @property
    def answered(self) -> int:
        return self.answers.total()

    @property
    def contributed(self) -> int:
        return self.contributions.total()

    @property
    def published(self) -> int:
        """Everything that can be read, expected or not."""
        return self.answered + self.contributed

    @property
    def is_asked(self) -> bool:
        return bool(self.expected or self.invited)

    @property
    def statuses(self) -> Counter[str]:
        return self.answers + self.contributions

    @property
    def share(self) -> float | None:
        """Answered of expected, 0 to 1; None where nothing was expected."""
        return self.answered / self.expected if self.expected else None

    @property
    def percent(self) -> int | None:
        """The share in whole percent."""
        return None if self.share is None else round(100 * self.share)

    @property
    def answers_and_silence(self) -> dict[str, int]:
        """Every expected answer once: by its status, or as one that was not received."""
        return {**self.answers, SILENT: self.expected - self.answered}

    @property
    def status_counts(self) -> list[tuple[str, str, int]]:
        """(status, its label, how many) down the ladder, without the empty rungs."""
        counts = self.statuses
        return [(key, str(label), counts[key]) for key, label in Status.choices if counts[key]]


def count(assignments: Iterable[dict[str, Any]]) -> Figures:
    """The figures of a snapshot's assignments."""
    figures = Figures()
    for assignment in assignments:
        figures.ask(assignment["kind"])
        if update := assignment["update"]:
            figures.tell(assignment["kind"], update["status"])
            figures.stakeholders.add(assignment["stakeholder"])
    return figures


def by_commitment(snapshot: Snapshot) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {commitment["uid"]: [] for commitment in snapshot["commitments"]}
    for assignment in snapshot["assignments"]:
        grouped[assignment["commitment"]].append(assignment)
    return grouped


def kind_of_change(before: str | None, now: str | None) -> str:
    """What two cycles' statuses of one stakeholder on one commitment tell; None where nothing was published."""
    if now is None:
        return NOT_AGAIN if before else ""
    if before is None:
        return FIRST
    return SAME if now in (before, Status.NOTHING_NEW) else MOVED
