"""What every part of the composition leans on: the rows, the language, and how figures are written in it."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from reports import figures as counting
from reports.figures import Figures, Snapshot
from reports.rendering.document import NOTHING, Cell
from reports.rendering.words import AnswerWords
from stakeholders.collation import collation_key
from stakeholders.dates import number, percent, quarter_name
from stakeholders.languages import get_language


class Frame:
    def __init__(self, snapshot: Snapshot, language: str, fingerprint: str) -> None:
        self.snapshot = snapshot
        self.language = language
        self.fingerprint = fingerprint
        self.own = get_language(language)
        self.scope: str = snapshot["scope"]["kind"]
        self.stakeholders = {s["code"]: s for s in snapshot["stakeholders"]}
        self.assignments = counting.by_commitment(snapshot)
        self.as_of = datetime.fromisoformat(snapshot["as_of"])
        names = {code: s["name"][language] for code, s in self.stakeholders.items()}
        self.names = names
        self.order = {code: collation_key(name, language) for code, name in names.items()}
        self.before = {(a["commitment"], a["stakeholder"]): a["update"] for a in snapshot["before"] if a["update"]}

    @cached_property
    def total(self) -> Figures:
        return self.count(self.snapshot["commitments"])

    @cached_property
    def told(self) -> AnswerWords:
        return AnswerWords(self.language)

    @cached_property
    def gone(self) -> dict[str, list[dict[str, Any]]]:
        """By commitment, what was published in the earlier cycle and not again in this one."""
        now = {(a["commitment"], a["stakeholder"]) for a in self.snapshot["assignments"] if a["update"]}
        gone: dict[str, list[dict[str, Any]]] = {}
        for assignment in self.snapshot["before"]:
            if assignment["update"] and (assignment["commitment"], assignment["stakeholder"]) not in now:
                gone.setdefault(assignment["commitment"], []).append(assignment)
        return gone

    def number(self, value: int) -> str:
        return number(value, self.language)

    def share(self, figures: Figures) -> str:
        return NOTHING if figures.share is None else percent(figures.share, self.language)

    def quarter(self, cycle: Mapping[str, Any]) -> str:
        return quarter_name(cycle["year"], cycle["quarter"], self.language)

    def address(self, path: str) -> str:
        return f"{self.snapshot['site']}/{self.language}/{path}"

    def trace(self, filters: Mapping[str, str]) -> str:
        """The public page that lists what a figure of this report counts."""
        query = f"?{urlencode(sorted(filters.items()))}" if filters else ""
        return self.address(f"reports/{self.snapshot['report_id']}/figures/{query}")

    def figure(self, value: int, **filters: str) -> Cell:
        """A number that leads to what it counts; nought leads nowhere."""
        return Cell(self.number(value), self.trace(filters) if value else "", is_figure=True)

    def commitments_of(self, area: dict[str, Any]) -> list[dict[str, Any]]:
        return [c for c in self.snapshot["commitments"] if c["area"] == area["uid"]]

    @cached_property
    def _counted(self) -> dict[str, Figures]:
        return {uid: counting.count(assignments) for uid, assignments in self.assignments.items()}

    def count(self, commitments: list[dict[str, Any]]) -> Figures:
        """The figures of these commitments together; each is counted once, however often it is asked about."""
        figures = Figures()
        for commitment in commitments:
            figures.add(self._counted[commitment["uid"]])
        return figures

    def leads(self, commitments: list[dict[str, Any]]) -> Counter[str]:
        """Owner kind -> how many of these commitments it leads."""
        return Counter(c["lead"] for c in commitments)

    def sorted(self, assignments: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """In the order of the stakeholders' names in this language."""
        return sorted(assignments, key=lambda a: self.order[a["stakeholder"]])
