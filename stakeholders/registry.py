"""The registry: its data sets, its data files, and how its records stand in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stakeholders.columns import BOOLEAN, CHOICE, DATE, REFERENCE, SOURCE_MEANING, Column, DataSet, in_six, told
from stakeholders.datafiles import Row, by_key, joined, read_rows, read_texts
from stakeholders.languages import columns
from stakeholders.models import Capacity, CapacityKind, RegionalGroup, Stakeholder, StakeholderKind, Standing

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
CODES_OF_STAKEHOLDERS: Promise = _("ISO 3166 alpha-3, alpha-2 or M49 code of a State, or the code in the registry.")

STAKEHOLDERS = DataSet(
    "stakeholders",
    _("Stakeholders"),
    _("States, organizations, Secretariat entities and missions, with their names in six languages."),
    (
        Column("code", _("Code in the registry. It never changes and finds the record."), required=True, most=40),
        Column("kind", _("What it is."), CHOICE, required=True, choices=tuple(StakeholderKind.values)),
        Column("iso_alpha2", _("ISO 3166 alpha-2 code of a State."), most=2),
        Column("iso_alpha3", _("ISO 3166 alpha-3 code of a State."), most=3),
        Column("m49", _("M49 code of a State, three digits."), digits=3, most=3),
        Column("regional_group", _("Regional group of a Member State."), CHOICE, choices=tuple(RegionalGroup.values)),
        Column("is_active", _("Whether it is asked for updates."), BOOLEAN, required=True),
        *in_six(Column("name", _("Name."), most=200), required=["en"]),
        *in_six(Column("formal_name", _("Formal name."), most=250)),
        *in_six(Column("acronym", _("Acronym."), most=40)),
    ),
    ("code",),
)

_DATED = (
    Column("standing", _("Whether it holds; unknown is not a no."), CHOICE, required=True, choices=(*Standing.values,)),
    Column("starts_on", _("First day."), DATE, required=True),
    Column("ends_on", _("Last day; empty while it lasts."), DATE),
)
_SOURCE = (
    Column("source", SOURCE_MEANING, required=True, most=300),
    Column("source_date", _("Date of the source, as it stands there."), most=40),
    Column(
        "confidence",
        _("read: read in the source; memory: from working knowledge, still to be checked."),
        CHOICE,
        required=True,
        choices=("read", "memory"),
    ),
)
CAPACITIES = DataSet(
    "capacities",
    _("Capacities"),
    _("What stakeholders are between two days: contributors, hosts, members of the Council and others."),
    (
        Column("stakeholder", CODES_OF_STAKEHOLDERS, REFERENCE, required=True),
        Column("capacity", _("What it is."), CHOICE, required=True, choices=tuple(CapacityKind.values)),
        *_DATED,
        Column("mission", _("Code of the mission that a State hosts."), REFERENCE),
        *_SOURCE,
    ),
    ("stakeholder", "capacity", "mission", "starts_on"),
)
ENDORSEMENTS = DataSet(
    "endorsements",
    _("Endorsements"),
    _("Who has endorsed the Declaration, since when, and who says so."),
    (Column("stakeholder", CODES_OF_STAKEHOLDERS, REFERENCE, required=True), *_DATED, *_SOURCE),
    ("stakeholder", "starts_on"),
)


@dataclass(frozen=True)
class RegistryFiles:
    stakeholders: list[Row]
    capacities: list[Row]
    is_demonstration: bool


def read_registry(folder: Path) -> RegistryFiles:
    """Read the registry and check everything that can be checked without the database. Raises DataFileError."""
    found = read_rows(folder / "stakeholders.csv", STAKEHOLDER_COLUMNS, required=["code", "kind", "is_active"])
    known = by_key(found, "code")
    names = read_texts(folder / "names", "code", NAME_COLUMNS, required=["name"])
    stakeholders = [STAKEHOLDERS.require_sound(joined(row, names, NAME_COLUMNS, key="code")) for row in found]
    capacities = [
        CAPACITIES.require_sound(row)
        for row in read_rows(folder / "capacities.csv", CAPACITY_COLUMNS, required=["stakeholder"])
    ]
    for row in capacities:
        row.one_of("stakeholder", known)
        row.one_of("mission", [*known, ""])
    return RegistryFiles(stakeholders, capacities, is_demonstration=folder == DEMONSTRATION)


def values_of_stakeholder(one: Stakeholder) -> dict[str, str]:
    """The record as a row of STAKEHOLDERS."""
    names = ("code", "kind", "iso_alpha2", "iso_alpha3", "m49", "regional_group", "is_active")
    translated = [column for field in NAME_COLUMNS for column in columns(field)]
    return {name: told(getattr(one, name)) for name in (*names, *translated)}


def values_of_capacity(one: Capacity) -> dict[str, str]:
    """The record as a row of CAPACITIES; without two of its columns, of ENDORSEMENTS."""
    return {
        "stakeholder": one.stakeholder.code,
        "capacity": one.kind,
        "standing": one.standing,
        "starts_on": told(one.starts_on),
        "ends_on": told(one.ends_on),
        "mission": one.mission.code if one.mission else "",
        "source": one.source,
        "source_date": one.source_date,
        "confidence": "read" if one.is_confirmed else "memory",
    }


def rows_of_stakeholders() -> Iterator[dict[str, str]]:
    for one in Stakeholder.objects.order_by("code").iterator(chunk_size=500):
        yield values_of_stakeholder(one)


def rows_of_capacities(*, kind: str = "") -> Iterator[dict[str, str]]:
    found = Capacity.objects.select_related("stakeholder", "mission")
    found = found.filter(kind=kind) if kind else found
    for one in found.order_by("stakeholder__code", "kind", "starts_on", "mission__code").iterator(chunk_size=500):
        yield values_of_capacity(one)


def rows_of_endorsements() -> Iterator[dict[str, str]]:
    for values in rows_of_capacities(kind=CapacityKind.ENDORSER):
        yield {name: values[name] for name in ENDORSEMENTS.column_names}
