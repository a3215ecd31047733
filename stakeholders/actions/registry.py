from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from stakeholders import diary
from stakeholders.columns import as_date
from stakeholders.datafiles import Row, Tally, store
from stakeholders.models import Capacity, CapacityKind, Stakeholder
from stakeholders.queries import Stakeholders
from stakeholders.registry import ENDORSEMENTS, STAKEHOLDERS, read_registry, values_of_capacity, values_of_stakeholder


def load_registry(*, folder: Path) -> Tally:
    """Bring the registry from its data files into the database: all or nothing, keyed on stable codes.

    Capacities are keyed on stakeholder, kind, mission and first day. Raises DataFileError.
    """
    files = read_registry(folder)
    tally = Tally()
    with transaction.atomic():
        store_stakeholders(files.stakeholders, tally, is_demonstration=files.is_demonstration)
        known = Stakeholders()
        for row in files.capacities:
            store_capacity(row, tally, known)
        if tally.created or tally.changed:
            anchor = Stakeholder.objects.get(code=files.stakeholders[0]["code"])
            diary.record(
                actor=None,
                verb="registry.loaded",
                subject=anchor,
                created=tally.created,
                changed=tally.changed,
            )
    return tally


def store_stakeholders(rows: Iterable[Row], tally: Tally, *, is_demonstration: bool = False) -> None:
    for row in rows:
        store_stakeholder(row, tally, is_demonstration=is_demonstration)


def store_stakeholder(row: Row, tally: Tally, *, is_demonstration: bool | None = None) -> None:
    """Add or change the stakeholder of a sound row, inside the caller's transaction. Raises DataFileError."""
    known = Stakeholder.objects.filter(code=row["code"]).first()
    before = values_of_stakeholder(known) if known else None
    values: dict[str, object] = {name: row[name] for name in STAKEHOLDERS.column_names}
    values["regional_group"] = row["regional_group"] or "none"
    values["is_active"] = row["is_active"] == "true"
    if is_demonstration is not None:
        values["is_demonstration"] = is_demonstration
    record = store(Stakeholder, {"code": row["code"]}, values, row=row, tally=Tally())
    tally.note(row, before, values_of_stakeholder(record))


def store_capacity(row: Row, tally: Tally, known: Stakeholders) -> None:
    """Add or change the capacity of a sound row, inside the caller's transaction. Raises DataFileError."""
    lookup = {
        "stakeholder": _known(row, "stakeholder", known),
        "kind": row["capacity"],
        "mission": _known(row, "mission", known) if row["mission"] else None,
        "starts_on": date.fromisoformat(row["starts_on"]),
    }
    found = Capacity.objects.filter(**lookup).select_related("stakeholder", "mission").first()
    before = values_of_capacity(found) if found else None
    values = {
        "standing": row["standing"],
        "ends_on": as_date(row["ends_on"]),
        "source": row["source"],
        "source_date": row["source_date"],
        "is_confirmed": row["confidence"] == "read",
    }
    record = store(Capacity, lookup, values, row=row, tally=Tally())
    tally.note(row, before, values_of_capacity(record))


def store_endorsement(row: Row, tally: Tally, known: Stakeholders) -> None:
    """An endorsement is a capacity of one kind. Raises DataFileError."""
    whole = replace(row, values={**row.values, "capacity": CapacityKind.ENDORSER.value, "mission": ""})
    store_capacity(whole, _InColumns(tally), known)


class _InColumns(Tally):
    """Passes on what was noted, in the columns that endorsements have."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    def note(self, row: Row, before: dict[str, str] | None, after: dict[str, str]) -> None:
        names = ENDORSEMENTS.column_names
        narrowed = {name: before[name] for name in names} if before else None
        self._tally.note(row, narrowed, {name: after[name] for name in names})


def _known(row: Row, column: str, known: Stakeholders) -> Stakeholder:
    found = known.find(row[column])
    if found is None:
        raise row.fault(column, _("is not in the registry of stakeholders."))
    return found
