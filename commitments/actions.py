"""What can be done with the catalogue."""

from pathlib import Path
from typing import Any

from django.db import transaction

from commitments.catalogue import CatalogueFiles, owners_of, read_catalogue
from commitments.models import Area, Commitment, CommitmentOwner, Declaration
from stakeholders import diary
from stakeholders.datafiles import Row, Tally, in_columns, store
from stakeholders.languages import LANGUAGES


def load_catalogue(*, folder: Path) -> Tally:
    """Bring an edition from its data files into the database and make it the current one.

    All or nothing, keyed on stable ids: loading the same files again changes nothing. Raises DataFileError.
    """
    files = read_catalogue(folder)
    tally = Tally()
    with transaction.atomic():
        declaration = _store_declaration(files, tally)
        areas = {row["uid"]: _store_area(declaration, row, files, tally) for row in files.areas}
        for position, row in enumerate(files.commitments, start=1):
            commitment = _store_commitment(areas[row["area"]], position, row, files, tally)
            _store_owners(commitment, row, tally)
        if tally.created or tally.changed:
            diary.record(
                actor=None,
                verb="catalogue.loaded",
                subject=declaration,
                created=tally.created,
                changed=tally.changed,
            )
    return tally


def _store_declaration(files: CatalogueFiles, tally: Tally) -> Declaration:
    Declaration.objects.exclude(code=files.code).filter(is_current=True).update(is_current=False)
    values: dict[str, Any] = {"endorsed_on": files.endorsed_on, "is_current": True}
    for field, texts in files.words.items():
        values |= {f"{field}_{language.column}": texts[language.code] for language in LANGUAGES}
    row = Row(Path("declaration.json"), 1, {"code": files.code})
    return store(Declaration, {"code": files.code}, values, row=row, tally=tally)


def _store_area(declaration: Declaration, row: Row, files: CatalogueFiles, tally: Tally) -> Area:
    values = {"declaration": declaration, "number": int(row["number"]), "slug": row["slug"]}
    for field in ("short_title", "title"):
        values |= in_columns(files.texts, row["uid"], field, asked_by=row, column="uid")
    return store(Area, {"uid": row["uid"]}, values, row=row, tally=tally)


def _store_commitment(area: Area, position: int, row: Row, files: CatalogueFiles, tally: Tally) -> Commitment:
    values: dict[str, Any] = {"area": area, "position": position}
    values |= {column: row[column] for column in ("code", "paragraph", "provenance", "sources")}
    for field in ("title", "statement"):
        values |= in_columns(files.texts, row["uid"], field, asked_by=row, column="uid")
    return store(Commitment, {"uid": row["uid"]}, values, row=row, tally=tally)


def _store_owners(commitment: Commitment, row: Row, tally: Tally) -> None:
    kinds = owners_of(row)
    CommitmentOwner.objects.filter(commitment=commitment).exclude(kind__in=kinds).delete()
    for position, kind in enumerate(kinds):
        store(
            CommitmentOwner,
            {"commitment": commitment, "kind": kind},
            {"is_lead": position == 0, "position": position},
            row=row,
            tally=tally,
        )
