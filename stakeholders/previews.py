"""What an import would do, or did: counted whole, shown up to a limit."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from stakeholders.datafiles import DataFileError, Row, Tally

MOST_SHOWN = 300
MOST_CHARACTERS_SHOWN = 300


@dataclass(frozen=True)
class Change:
    """A row that adds (`before` is empty) or changes a record: the columns that differ, as (old, new)."""

    line: int
    key: str
    is_new: bool
    columns: dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Fault:
    """Why a row is refused. `line` is 0 where it is the whole file."""

    line: int
    column: str
    value: str
    reason: str


@dataclass
class Preview(Tally):
    """Counts of all rows; the first changes and faults; a fingerprint of every change and of nothing else."""

    refused: int = 0
    key: tuple[str, ...] = ()
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _digest: Any = field(default_factory=hashlib.sha256, repr=False)

    def note(self, row: Row, before: dict[str, str] | None, after: dict[str, str]) -> None:
        super().note(row, before, after)
        old = before or {}
        differing = {name: (old.get(name, ""), new) for name, new in after.items() if old.get(name, "") != new}
        if before is not None and not differing:
            return
        self._digest.update(json.dumps([row.line, before is None, differing], sort_keys=True).encode())
        if len(self.changes) < MOST_SHOWN:
            key = " · ".join(row[name] for name in self.key if row[name])
            short = {name: (_shown(values[0]), _shown(values[1])) for name, values in differing.items()}
            self.changes.append(Change(row.line, key, before is None, short))

    def refuse(self, *faults: DataFileError) -> None:
        """Faults of one row, or one of the whole file."""
        self.refused += 1
        for fault in faults[: max(0, MOST_SHOWN - len(self.faults))]:
            row = fault.row
            value = row.values.get(fault.column, "") if row else ""
            self.faults.append(Fault(row.line if row else 0, fault.column, _shown(value), fault.reason))

    @property
    def fingerprint(self) -> str:
        return str(self._digest.hexdigest())

    def as_json(self) -> dict[str, Any]:
        return {
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "changes": [vars(change) for change in self.changes],
            "faults": [vars(fault) for fault in self.faults],
            "fingerprint": self.fingerprint,
        }


def _shown(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS_SHOWN else f"{text[:MOST_CHARACTERS_SHOWN]}…"
