"""The registry's data files: stakeholders, their names in six languages, their dated capacities."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from stakeholders.datafiles import Row, by_key, read_rows, read_texts
from stakeholders.models import CapacityKind, RegionalGroup, StakeholderKind, Standing

STAKEHOLDER_COLUMNS = [
    "code",
    "kind",
    "iso_alpha2",
    "iso_alpha3",
    "m49",
    "regional_group",
    "acronym",
    "is_active",
]
CAPACITY_COLUMNS = [
    "stakeholder",
    "capacity",
    "standing",
    "starts_on",
    "ends_on",
    "mission",
    "source",
    "source_date",
    "confidence",
]
NAME_COLUMNS = ["name", "formal_name", "acronym"]
REGISTRY = Path(__file__).resolve().parent / "data"
DEMONSTRATION = REGISTRY / "demonstration"


@dataclass(frozen=True)
class RegistryFiles:
    stakeholders: list[Row]
    names: dict[str, dict[str, Row]]
    capacities: list[Row]
    is_demonstration: bool


def read_registry(folder: Path) -> RegistryFiles:
    """Read the registry and check everything that can be checked without the database."""
    stakeholders = read_rows(folder / "stakeholders.csv", STAKEHOLDER_COLUMNS, required=["code", "kind", "is_active"])
    known = by_key(stakeholders, "code")
    for row in stakeholders:
        row.one_of("kind", StakeholderKind.values)
        row.one_of("regional_group", [*RegionalGroup.values, ""])
        row.one_of("is_active", ["true", "false"])
    names = read_texts(folder / "names", "code", NAME_COLUMNS, required=["name"])
    capacities = read_rows(
        folder / "capacities.csv",
        CAPACITY_COLUMNS,
        required=["stakeholder", "capacity", "standing", "starts_on", "source", "confidence"],
    )
    for row in capacities:
        _check_capacity(row, known)
    return RegistryFiles(stakeholders, names, capacities, is_demonstration=folder == DEMONSTRATION)


def _check_capacity(row: Row, known: dict[str, Row]) -> None:
    row.one_of("stakeholder", known)
    row.one_of("capacity", CapacityKind.values)
    row.one_of("standing", Standing.values)
    row.one_of("mission", [*known, ""])
    row.one_of("confidence", ["read", "memory"])
    for column in ("starts_on", "ends_on"):
        if row[column] and not _is_date(row[column]):
            raise row.fault(column, _("must be a date like 2026-07-01."))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
