"""The data sets that come and go as files, and the action behind each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from commitments.actions import require_one_current, store_catalogue_row
from commitments.catalogue import CATALOGUE, rows_of_catalogue
from progress.actions.bringing_in import UpdatesIn
from progress.update_rows import UPDATES, rows_of_updates
from stakeholders.actions import store_capacity, store_endorsement, store_stakeholder
from stakeholders.columns import DataSet
from stakeholders.datafiles import DataFileError, Row, Tally
from stakeholders.models import User
from stakeholders.previews import Preview
from stakeholders.queries import Stakeholders
from stakeholders.registry import (
    CAPACITIES,
    ENDORSEMENTS,
    STAKEHOLDERS,
    rows_of_capacities,
    rows_of_endorsements,
    rows_of_stakeholders,
)

BATCH = 500


@dataclass(frozen=True)
class Asked:
    """By whom and when; nobody is whoever runs the service. A check that need not write does not."""

    actor: User | None
    at: datetime
    writes: bool = True


Take = Callable[[Iterable[Row], Preview, Asked], None]
Give = Callable[[User | None, datetime], Iterator[dict[str, str]]]


@dataclass(frozen=True)
class Exchanged:
    """`take` runs in a transaction; where `checks_by_reading`, a check writes nothing and needs none."""

    dataset: DataSet
    give: Give
    take: Take
    deed: str
    checks_by_reading: bool = False


def sound_rows(dataset: DataSet, rows: Iterable[Row], preview: Preview) -> Iterator[Row]:
    """The rows without a fault of their own; the others are refused in the preview."""
    seen: dict[tuple[str, ...], int] = {}
    for raw in rows:
        row = dataset.cleaned(raw)
        if faults := list(dataset.faults_in(row)):
            preview.refuse(*faults)
            continue
        try:
            dataset.require_once(row, seen)
        except DataFileError as fault:
            preview.refuse(fault)
            continue
        yield row


def take_each(dataset: DataSet, rows: Iterable[Row], preview: Preview, store: Callable[[Row, Tally], None]) -> None:
    """Store row after row; a refused one leaves nothing behind and does not keep the others from being looked at."""
    for row in sound_rows(dataset, rows, preview):
        try:
            with transaction.atomic():
                store(row, preview)
        except DataFileError as fault:
            preview.refuse(fault)
        except IntegrityError:
            preview.refuse(row.fault(dataset.key[0], _("contradicts another record.")))


def _take_stakeholders(rows: Iterable[Row], preview: Preview, asked: Asked) -> None:
    take_each(STAKEHOLDERS, rows, preview, store_stakeholder)


def _take_capacities(rows: Iterable[Row], preview: Preview, asked: Asked) -> None:
    known = Stakeholders()
    take_each(CAPACITIES, rows, preview, lambda row, tally: store_capacity(row, tally, known))


def _take_endorsements(rows: Iterable[Row], preview: Preview, asked: Asked) -> None:
    known = Stakeholders()
    take_each(ENDORSEMENTS, rows, preview, lambda row, tally: store_endorsement(row, tally, known))


def _take_catalogue(rows: Iterable[Row], preview: Preview, asked: Asked) -> None:
    current: list[str] = []

    def store(row: Row, tally: Tally) -> None:
        if row["is_current"] == "true":
            current.append(row["uid"])
            if len(current) > 1:
                raise row.fault("is_current", _("only one edition can be current; “%(uid)s” is.") % {"uid": current[0]})
        store_catalogue_row(row, tally)

    take_each(CATALOGUE, rows, preview, store)
    if not preview.refused:
        require_one_current()


def _take_updates(rows: Iterable[Row], preview: Preview, asked: Asked) -> None:
    updates = UpdatesIn(asked.actor, asked.at)
    for batch in _batches(sound_rows(UPDATES, rows, preview)):
        wanted = []
        for judged in updates.judge(batch, holding=asked.writes):
            if isinstance(judged, DataFileError):
                preview.refuse(judged)
                continue
            preview.note(judged.row, judged.before, judged.after)
            if judged.wanted:
                wanted.append(judged.wanted)
        if asked.writes and not preview.refused:
            updates.write(wanted)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


REGISTRY_DEED, CATALOGUE_DEED = "registry.loaded", "catalogue.loaded"
UPDATES_DEED = "updates.imported"
DATA_SETS = {
    one.dataset.name: one
    for one in (
        Exchanged(CATALOGUE, lambda actor, at: rows_of_catalogue(), _take_catalogue, CATALOGUE_DEED),
        Exchanged(STAKEHOLDERS, lambda actor, at: rows_of_stakeholders(), _take_stakeholders, REGISTRY_DEED),
        Exchanged(CAPACITIES, lambda actor, at: rows_of_capacities(), _take_capacities, REGISTRY_DEED),
        Exchanged(ENDORSEMENTS, lambda actor, at: rows_of_endorsements(), _take_endorsements, REGISTRY_DEED),
        Exchanged(UPDATES, rows_of_updates, _take_updates, UPDATES_DEED, checks_by_reading=True),
    )
}
