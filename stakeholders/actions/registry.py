from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from stakeholders import diary
from stakeholders.datafiles import Tally, in_columns, store
from stakeholders.models import Capacity, Stakeholder
from stakeholders.registry import RegistryFiles, read_registry


def load_registry(*, folder: Path) -> Tally:
    """Bring the registry from its data files into the database: all or nothing, keyed on stable codes.

    Capacities are keyed on stakeholder, kind, mission and first day. Raises DataFileError.
    """
    files = read_registry(folder)
    tally = Tally()
    with transaction.atomic():
        known = _store_stakeholders(files, tally)
        _store_capacities(files, known, tally)
        if tally.created or tally.changed:
            anchor = next(iter(known.values()))
            diary.record(
                actor=None,
                verb="registry.loaded",
                subject=anchor,
                created=tally.created,
                changed=tally.changed,
            )
    return tally


def _store_stakeholders(files: RegistryFiles, tally: Tally) -> dict[str, Stakeholder]:
    known = {}
    for row in files.stakeholders:
        values: dict[str, Any] = {
            column: row[column] for column in ("kind", "iso_alpha2", "iso_alpha3", "m49", "regional_group")
        }
        values["regional_group"] = values["regional_group"] or "none"
        values["is_active"] = row["is_active"] == "true"
        values["is_demonstration"] = files.is_demonstration
        for field in ("name", "formal_name", "acronym"):
            values |= in_columns(files.names, row["code"], field, asked_by=row, column="code")
        known[row["code"]] = store(Stakeholder, {"code": row["code"]}, values, row=row, tally=tally)
    return known


def _store_capacities(files: RegistryFiles, known: dict[str, Stakeholder], tally: Tally) -> None:
    for row in files.capacities:
        lookup = {
            "stakeholder": known[row["stakeholder"]],
            "kind": row["capacity"],
            "mission": known[row["mission"]] if row["mission"] else None,
            "starts_on": date.fromisoformat(row["starts_on"]),
        }
        values = {
            "standing": row["standing"],
            "ends_on": date.fromisoformat(row["ends_on"]) if row["ends_on"] else None,
            "source": row["source"],
            "source_date": row["source_date"],
            "is_confirmed": row["confidence"] == "read",
        }
        store(Capacity, lookup, values, row=row, tally=tally)
