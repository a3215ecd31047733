"""The catalogue's data files: one folder an edition. Its README explains the columns."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from commitments.models import OwnerKind, Provenance
from stakeholders.datafiles import DataFileError, Row, by_key, read_rows, read_texts
from stakeholders.languages import CODES

AREA_COLUMNS = ["uid", "number", "slug"]
COMMITMENT_COLUMNS = ["uid", "code", "area", "paragraph", "lead", "joint", "provenance", "sources"]
TEXT_COLUMNS = ["short_title", "title", "statement"]
EDITION = Path(__file__).resolve().parent / "data" / "a4p-2018"


@dataclass(frozen=True)
class CatalogueFiles:
    code: str
    endorsed_on: date
    words: dict[str, dict[str, str]]  # field -> language code -> text
    areas: list[Row]
    commitments: list[Row]
    texts: dict[str, dict[str, Row]]


def read_catalogue(folder: Path) -> CatalogueFiles:
    """Read an edition and check everything that can be checked without the database."""
    declaration = _read_declaration(folder / "declaration.json")
    areas = read_rows(folder / "areas.csv", AREA_COLUMNS, required=AREA_COLUMNS)
    commitments = read_rows(
        folder / "commitments.csv",
        COMMITMENT_COLUMNS,
        required=[column for column in COMMITMENT_COLUMNS if column not in ("paragraph", "joint", "sources")],
    )
    known_areas = by_key(areas, "uid")
    by_key(commitments, "uid")
    for row in areas:
        if not row["number"].isdecimal():
            raise row.fault("number", _("must be a whole number."))
    for row in commitments:
        row.one_of("area", known_areas)
        row.one_of("lead", OwnerKind.values)
        row.one_of("provenance", Provenance.values)
        owners_of(row)
    texts = read_texts(folder / "texts", "uid", TEXT_COLUMNS, required=["title"])
    return CatalogueFiles(
        code=declaration["code"],
        endorsed_on=date.fromisoformat(declaration["endorsed_on"]),
        words={field: declaration[field] for field in ("title", "edition", "note")},
        areas=areas,
        commitments=commitments,
        texts=texts,
    )


def owners_of(row: Row) -> list[str]:
    """Owner kinds of a commitment, the lead first."""
    joint = [kind.strip() for kind in row["joint"].split(";") if kind.strip()]
    for kind in joint:
        if kind not in OwnerKind.values or kind == row["lead"] or joint.count(kind) > 1:
            raise row.fault("joint", _("“%(kind)s” is not another owner kind.") % {"kind": kind})
    return [row["lead"], *joint]


def _read_declaration(path: Path) -> dict[str, Any]:
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
    return content
