"""Editions, their areas and their commitments: one row of the catalogue at a time."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.catalogue import (
    AREA,
    EDITION_LEVEL,
    OWN_COLUMNS,
    owners_of,
    read_catalogue,
    uids_in,
    values_of_area,
    values_of_commitment,
    values_of_edition,
)
from commitments.models import Area, Commitment, CommitmentOwner, Declaration, Succession
from stakeholders import diary
from stakeholders.columns import as_date
from stakeholders.datafiles import DataFileError, Row, Tally, store
from stakeholders.languages import columns


def load_catalogue(*, folder: Path) -> Tally:
    """Bring an edition from its data files into the database and make it the current one.

    All or nothing, keyed on stable ids: loading the same files again changes nothing. Raises DataFileError.
    """
    rows = read_catalogue(folder)
    tally = Tally()
    with transaction.atomic():
        for row in rows:
            store_catalogue_row(row, tally)
        if tally.created or tally.changed:
            diary.record(
                actor=None,
                verb="catalogue.loaded",
                subject=Declaration.objects.get(code=rows[0]["uid"]),
                created=tally.created,
                changed=tally.changed,
            )
    return tally


def store_catalogue_row(row: Row, tally: Tally) -> None:
    """Add or change the edition, area or commitment of a sound row of CATALOGUE, inside the caller's transaction.

    An edition that becomes current takes the place of the one that was. Raises DataFileError.
    """
    if row["level"] == EDITION_LEVEL:
        _store_edition(row, tally)
    elif row["level"] == AREA:
        _store_area(row, tally)
    else:
        _store_commitment(row, tally)


def require_one_current() -> None:
    """Raises DataFileError where no edition would be current."""
    if not Declaration.objects.filter(is_current=True).exists():
        raise DataFileError(_("One edition must be current."))


def _store_edition(row: Row, tally: Tally) -> None:
    known = Declaration.objects.filter(code=row["uid"]).first()
    before = values_of_edition(known) if known else None
    is_current = row["is_current"] == "true"
    if is_current:
        Declaration.objects.exclude(code=row["uid"]).filter(is_current=True).update(is_current=False)
    values = {"endorsed_on": as_date(row["endorsed_on"]), "is_current": is_current, **_words(row)}
    edition = store(Declaration, {"code": row["uid"]}, values, row=row, tally=Tally())
    tally.note(row, before, values_of_edition(edition))


def _store_area(row: Row, tally: Tally) -> None:
    edition = Declaration.objects.filter(code=row["parent"]).first()
    if edition is None:
        raise row.fault("parent", _("is no edition of the catalogue, and none that stands above."))
    known = Area.objects.filter(uid=row["uid"]).select_related("declaration").first()
    if known and known.declaration_id != edition.pk:
        raise row.fault("uid", _("belongs to another edition. A new edition has ids of its own."))
    before = values_of_area(known) if known else None
    values = {"declaration": edition, "number": int(row["number"]), "slug": row["slug"], **_words(row)}
    area = store(Area, {"uid": row["uid"]}, values, row=row, tally=Tally())
    tally.note(row, before, values_of_area(area))


def _store_commitment(row: Row, tally: Tally) -> None:
    area = Area.objects.filter(uid=row["parent"]).first()
    if area is None:
        raise row.fault("parent", _("is no area of the catalogue, and none that stands above."))
    known = Commitment.objects.filter(uid=row["uid"]).select_related("area").first()
    if known and known.area.declaration_id != area.declaration_id:
        raise row.fault("uid", _("belongs to another edition. A new edition has ids of its own."))
    before = values_of_commitment(known) if known else None
    names = ("code", "paragraph", "provenance", "sources", "official_source")
    values = {"area": area, "position": int(row["number"]), **{name: row[name] for name in names}, **_words(row)}
    commitment = store(Commitment, {"uid": row["uid"]}, values, row=row, tally=Tally())
    _store_owners(commitment, row)
    _store_predecessors(commitment, row)
    tally.note(row, before, values_of_commitment(Commitment.objects.select_related("area").get(pk=commitment.pk)))


def _store_owners(commitment: Commitment, row: Row) -> None:
    kinds = owners_of(row)
    if [owner.kind for owner in commitment.owners.all()] == kinds:
        return
    commitment.owners.all().delete()
    CommitmentOwner.objects.bulk_create(
        CommitmentOwner(commitment=commitment, kind=kind, is_lead=position == 0, position=position)
        for position, kind in enumerate(kinds)
    )


def _store_predecessors(commitment: Commitment, row: Row) -> None:
    """The mapping from an earlier edition: updates stay with the commitment they answered and are found from here."""
    wanted = uids_in(row["replaces"])
    earlier = Commitment.objects.filter(uid__in=wanted).exclude(area__declaration=commitment.area.declaration_id)
    found = {one.uid: one for one in earlier}
    for uid in wanted:
        if uid not in found:
            raise row.fault("replaces", _("“%(uid)s” is no commitment of another edition.") % {"uid": uid})
    Succession.objects.filter(later=commitment).exclude(earlier__uid__in=wanted).delete()
    for one in found.values():
        Succession.objects.get_or_create(later=commitment, earlier=one)


def _words(row: Row) -> dict[str, Any]:
    """The six columns of each field that rows of this level have."""
    return {column: row[column] for field in OWN_COLUMNS[row["level"]].words for column in columns(field)}
