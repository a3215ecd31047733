"""What every part of the composition leans on: the rows, the language, and how figures are written in it."""

from datetime import datetime
from typing import Any

from reports.rendering import figures as counting
from reports.rendering.figures import Figures, Snapshot
from stakeholders.collation import collation_key
from stakeholders.dates import number, percent
from stakeholders.languages import get_language

NOTHING = "—"


class Frame:
    def __init__(self, snapshot: Snapshot, language: str, fingerprint: str) -> None:
        self.snapshot = snapshot
        self.language = language
        self.fingerprint = fingerprint
        self.own = get_language(language)
        self.stakeholders = {s["code"]: s for s in snapshot["stakeholders"]}
        self.assignments = counting.by_commitment(snapshot)
        self.total = counting.count(snapshot["assignments"])
        self.as_of = datetime.fromisoformat(snapshot["as_of"])
        names = {code: s["name"][language] for code, s in self.stakeholders.items()}
        self.names = names
        self.order = {code: collation_key(name, language) for code, name in names.items()}

    @property
    def mirrored(self) -> bool:
        return self.own.direction == "rtl"

    def number(self, value: int) -> str:
        return number(value, self.language)

    def share(self, figures: Figures) -> str:
        return NOTHING if figures.share is None else percent(figures.share, self.language)

    def commitments_of(self, area: dict[str, Any]) -> list[dict[str, Any]]:
        return [c for c in self.snapshot["commitments"] if c["area"] == area["uid"]]

    def count(self, commitments: list[dict[str, Any]]) -> Figures:
        return counting.count(a for c in commitments for a in self.assignments[c["uid"]])

    def sorted(self, assignments: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """In the order of the stakeholders' names in this language."""
        return sorted(assignments, key=lambda a: self.order[a["stakeholder"]])
