"""The catalogue as a data set, and its own data files: one folder an edition, whose README explains the columns."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.models import Area, Commitment, Declaration, OwnerKind, Provenance, Succession
from stakeholders.columns import BOOLEAN, CHOICE, DATE, REFERENCE, WHOLE, Column, DataSet, in_six, told
from stakeholders.datafiles import DataFileError, Row, by_key, joined, read_rows, read_texts
from stakeholders.languages import CODES, LANGUAGES, columns

AREA_COLUMNS = ["uid", "number", "slug"]
COMMITMENT_COLUMNS = ["uid", "code", "area", "paragraph", "lead", "joint", "provenance", "sources"]
TEXT_COLUMNS = ["short_title", "title", "statement"]
EDITION = Path(__file__).resolve().parent / "data" / "a4p-2018"
EDITION_LEVEL, AREA, COMMITMENT = "edition", "area", "commitment"


@dataclass(frozen=True)
class Own:
    """Which columns the rows of a level fill: those they need, those they may have, and their fields in six."""

    needed: tuple[str, ...]
    optional: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def allowed(self) -> set[str]:
        return {"level", "uid", *self.needed, *self.optional, *(c for field in self.words for c in columns(field))}


OWN_COLUMNS = {
    EDITION_LEVEL: Own(("endorsed_on", "is_current", "edition_en"), (), ("title", "edition", "note")),
    AREA: Own(("parent", "number", "slug", "short_title_en"), (), ("title", "short_title")),
    COMMITMENT: Own(
        ("parent", "number", "code", "lead", "provenance", "statement_en"),
        ("paragraph", "joint", "sources", "official_source", "replaces"),
        ("title", "statement", "official_text"),
    ),
}


def _faults_of_level(row: Row) -> Iterator[DataFileError]:
    own = OWN_COLUMNS.get(row["level"])
    if own is None:
        return
    for column in own.needed:
        if not row[column]:
            yield row.fault(column, _("must not be empty."))
    for column, value in row.values.items():
        if value and column not in own.allowed:
            yield row.fault(column, _("stays empty in rows of this level."))
    if row["level"] == COMMITMENT and row["lead"] in OwnerKind.values:
        try:
            owners_of(row)
        except DataFileError as fault:
            yield fault


CATALOGUE = DataSet(
    "catalogue",
    gettext_lazy("Catalogue"),
    gettext_lazy(
        "Editions, their areas and their commitments. A row follows the one it belongs to: the edition, then its "
        "areas, then their commitments. The official list comes in as a new edition with ids of its own."
    ),
    (
        Column(
            "level",
            gettext_lazy("What the row is."),
            CHOICE,
            required=True,
            choices=(EDITION_LEVEL, AREA, COMMITMENT),
        ),
        Column("uid", gettext_lazy("Id that never changes and finds the record."), required=True, most=40),
        Column("parent", gettext_lazy("Of an area, its edition; of a commitment, its area."), REFERENCE),
        Column("number", gettext_lazy("Place among its neighbours."), WHOLE),
        Column("code", gettext_lazy("What people see before the title of a commitment."), most=20),
        Column("slug", gettext_lazy("Name of an area in addresses: small letters, digits, hyphens."), most=60),
        Column("is_current", gettext_lazy("Whether new cycles ask about this edition. One does."), BOOLEAN),
        Column("endorsed_on", gettext_lazy("Day on which the edition was endorsed."), DATE),
        Column("paragraph", gettext_lazy("Number of the paragraph, or coll., or n.s."), most=40),
        Column("lead", gettext_lazy("Owner kind that leads."), CHOICE, choices=tuple(OwnerKind.values)),
        Column("joint", gettext_lazy("Other owner kinds, separated by semicolons.")),
        Column("provenance", gettext_lazy("What it rests on."), CHOICE, choices=tuple(Provenance.values)),
        Column("sources", gettext_lazy("Short names of the sources."), most=100),
        Column("official_source", gettext_lazy("Where the official text can be read."), most=300),
        Column(
            "replaces",
            gettext_lazy(
                "Ids of the commitments of an earlier edition that this one takes up, separated by semicolons."
            ),
        ),
        *in_six(Column("title", gettext_lazy("Title."), most=250), required=["en"]),
        *in_six(Column("short_title", gettext_lazy("Short title of an area."), most=100)),
        *in_six(Column("edition", gettext_lazy("Name of the edition."), most=150)),
        *in_six(Column("statement", gettext_lazy("What is promised, in our own words."))),
        *in_six(Column("note", gettext_lazy("What readers must know of the edition."))),
        *in_six(Column("official_text", gettext_lazy("Official text, word for word."))),
    ),
    ("uid",),
    _faults_of_level,
)


def read_catalogue(folder: Path) -> list[Row]:
    """The rows of an edition's folder, with everything checked that can be without the database.

    Raises DataFileError.
    """
    declaration = _read_declaration(folder / "declaration.json")
    areas = read_rows(folder / "areas.csv", AREA_COLUMNS, required=AREA_COLUMNS)
    commitments = read_rows(
        folder / "commitments.csv",
        COMMITMENT_COLUMNS,
        required=[column for column in COMMITMENT_COLUMNS if column not in ("paragraph", "joint", "sources")],
    )
    known_areas = by_key(areas, "uid")
    by_key(commitments, "uid")
    for row in commitments:
        row.one_of("area", known_areas)
    texts = read_texts(folder / "texts", "uid", TEXT_COLUMNS, required=["title"])
    rows = [declaration]
    for row in areas:
        extra = {"level": AREA, "parent": declaration["uid"]}
        rows.append(_as_row(joined(row, texts, ["title", "short_title"], key="uid"), extra))
    for position, row in enumerate(commitments, start=1):
        extra = {"level": COMMITMENT, "parent": row["area"], "number": str(position)}
        rows.append(_as_row(joined(row, texts, ["title", "statement"], key="uid"), extra))
    return [CATALOGUE.require_sound(row) for row in rows]


def _as_row(row: Row, extra: dict[str, str]) -> Row:
    return Row(row.file, row.line, {**row.values, **extra})


def values_of_edition(one: Declaration) -> dict[str, str]:
    """The edition as a row of CATALOGUE."""
    facts = {"uid": one.code, "is_current": told(one.is_current), "endorsed_on": told(one.endorsed_on)}
    return _values(one, EDITION_LEVEL, facts)


def values_of_area(one: Area) -> dict[str, str]:
    facts = {"uid": one.uid, "parent": one.declaration.code, "number": told(one.number), "slug": one.slug}
    return _values(one, AREA, facts)


def values_of_commitment(one: Commitment) -> dict[str, str]:
    facts = {
        "uid": one.uid,
        "parent": one.area.uid,
        "number": told(one.position),
        "lead": one.lead.kind,
        "joint": ";".join(owner.kind for owner in one.joint),
        "replaces": ";".join(
            sorted(found.earlier.uid for found in Succession.objects.filter(later=one).select_related("earlier"))
        ),
        **{name: getattr(one, name) for name in ("code", "paragraph", "provenance", "sources", "official_source")},
    }
    return _values(one, COMMITMENT, facts)


def _values(one: object, level: str, facts: dict[str, str]) -> dict[str, str]:
    words = {column: told(getattr(one, column)) for field in OWN_COLUMNS[level].words for column in columns(field)}
    return {**dict.fromkeys(CATALOGUE.column_names, ""), "level": level, **facts, **words}


def rows_of_catalogue() -> Iterator[dict[str, str]]:
    """Edition by edition, the oldest first: the edition, its areas, their commitments."""
    for edition in Declaration.objects.order_by("endorsed_on", "code"):
        yield values_of_edition(edition)
        for area in Area.objects.filter(declaration=edition).select_related("declaration").order_by("number"):
            yield values_of_area(area)
        ours = Commitment.objects.filter(area__declaration=edition).with_owners()
        for commitment in ours.order_by("position", "uid"):
            yield values_of_commitment(commitment)


def uids_in(text: str) -> list[str]:
    """Ids separated by semicolons, each once."""
    return list(dict.fromkeys(uid.strip() for uid in text.split(";") if uid.strip()))


def owners_of(row: Row) -> list[str]:
    """Owner kinds of a commitment, the lead first."""
    joint = [kind.strip() for kind in row["joint"].split(";") if kind.strip()]
    for kind in joint:
        if kind not in OwnerKind.values or kind == row["lead"] or joint.count(kind) > 1:
            raise row.fault("joint", _("“%(kind)s” is not another owner kind.") % {"kind": kind})
    return [row["lead"], *joint]


def _read_declaration(path: Path) -> Row:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        date.fromisoformat(content["endorsed_on"])
        missing = [
            f"{field}.{code}"
            for field in ("title", "edition", "note")
            for code in CODES
            if not content[field].get(code)
        ]
        content["code"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataFileError(_("%(file)s cannot be read: %(reason)s") % {"file": path.name, "reason": error}) from error
    if missing:
        raise DataFileError(_("%(file)s lacks %(fields)s.") % {"file": path.name, "fields": ", ".join(missing)})
    words = {
        f"{field}_{language.column}": content[field][language.code]
        for field in ("title", "edition", "note")
        for language in LANGUAGES
    }
    facts = {"uid": content["code"], "endorsed_on": content["endorsed_on"], "is_current": "true"}
    return Row(path, 1, {"level": EDITION_LEVEL, **facts, **words})
