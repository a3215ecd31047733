"""What comes from data files besides the catalogue itself: other frames, indicators, measurements."""

import hashlib
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.crosswalk import read_crosswalk, read_indicators
from commitments.measuring import series_of
from commitments.models import Area, Commitment, Frame, FrameItem, Indicator, Measurement, Reference
from stakeholders import diary
from stakeholders.datafiles import DataFileError, Row, Tally, in_columns, store


def load_crosswalk(*, folder: Path) -> Tally:
    """Bring another frame and what of the Declaration touches it. All or nothing, repeatable. Raises DataFileError."""
    files = read_crosswalk(folder)
    tally = Tally()
    with transaction.atomic():
        frame = _store_titled(
            Frame, {"code": files.frame["code"]}, {"source": files.frame["source"]}, files.frame, files, tally
        )
        items = {}
        for position, row in enumerate(files.items, start=1):
            values = {"position": position, "provenance": row["provenance"]}
            items[row["code"]] = _store_titled(
                FrameItem, {"frame": frame, "code": row["code"]}, values, row, files, tally
            )
        kept = [_store_reference(items[row["item"]], row, tally).pk for row in files.references]
        Reference.objects.filter(item__frame=frame).exclude(pk__in=kept).delete()
        _note("crosswalk.loaded", frame, tally)
    return tally


def _store_titled(model: Any, key: dict[str, Any], values: dict[str, Any], row: Row, files: Any, tally: Tally) -> Any:
    titles = in_columns(files.texts, row["code"], "title", asked_by=row, column="code")
    return store(model, key, values | titles, row=row, tally=tally)


def _store_reference(item: FrameItem, row: Row, tally: Tally) -> Reference:
    area = _known(Area, row, "area") if row["area"] else None
    commitment = _known(Commitment, row, "commitment") if row["commitment"] else None
    return store(Reference, {"item": item, "area": area, "commitment": commitment}, {}, row=row, tally=tally)


def _known(model: Any, row: Row, column: str, uid: str = "") -> Any:
    found = model.objects.filter(uid=uid or row[column]).first()
    if found is None:
        raise row.fault(column, _("is not in the catalogue."))
    return found


def load_indicators(*, folder: Path) -> Tally:
    """Bring the definitions of indicators. All or nothing, repeatable. Raises DataFileError."""
    files = read_indicators(folder)
    tally = Tally()
    with transaction.atomic():
        for row in files.indicators:
            values: dict[str, Any] = {"dataset": row["dataset"]}
            for field in ("title", "definition", "unit"):
                values |= in_columns(files.texts, row["uid"], field, asked_by=row, column="uid")
            own = Tally()
            indicator = store(Indicator, {"uid": row["uid"]}, values, row=row, tally=own)
            _give_to(indicator, [_known(Commitment, row, "commitments", uid) for uid in _uids(row)], own)
            _note("indicators.loaded", indicator, own)
            tally.add(own)
    return tally


def _uids(row: Row) -> list[str]:
    return [uid.strip() for uid in row["commitments"].split(";")]


def _give_to(indicator: Indicator, commitments: list[Commitment], tally: Tally) -> None:
    """A change of the commitments alone is a change as well."""
    if set(indicator.commitments.all()) != set(commitments):
        indicator.commitments.set(commitments)
        if not tally.created:
            tally.changed, tally.unchanged = 1, 0


def _note(verb: str, subject: models.Model, tally: Tally) -> None:
    if tally.created or tally.changed:
        diary.record(actor=None, verb=verb, subject=subject, created=tally.created, changed=tally.changed)


def load_measurements(*, path: Path, dataset: str, dry_run: bool = False, at: datetime | None = None) -> Tally:
    """Count the indicators of a file of the hub anew. What a value was before stays on record, superseded.

    All or nothing; the same file again changes nothing; with `dry_run` nothing is written. Raises DataFileError.
    """
    at = at or timezone.now()
    tally = Tally()
    found = series_of(path, dataset)
    with transaction.atomic():
        for uid, series in found.items():
            indicator = Indicator.objects.filter(uid=uid).first()
            if indicator is None:
                raise DataFileError(_("There is no indicator %(uid)s: load the catalogue first.") % {"uid": uid})
            file = {"file_name": path.name, "file_hash": _fingerprint(path)}
            for year, value in series.items():
                _measure(indicator, year, value, file, at, tally)
            if tally.created or tally.changed:
                counts = {"created": tally.created, "changed": tally.changed}
                diary.record(actor=None, verb="measurements.loaded", subject=indicator, at=at, **file, **counts)
        transaction.set_rollback(dry_run)
    return tally


def _fingerprint(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _measure(indicator: Indicator, year: int, value: Decimal, file: dict[str, str], at: datetime, tally: Tally) -> None:
    standing = Measurement.objects.standing().filter(indicator=indicator, year=year).first()
    if standing and standing.value == value:
        tally.unchanged += 1
        return
    if standing:
        Measurement.objects.filter(pk=standing.pk).update(superseded_at=at)
        tally.changed += 1
    else:
        tally.created += 1
    Measurement.objects.create(indicator=indicator, year=year, value=value, imported_at=at, **file)
