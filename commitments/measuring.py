"""Counting indicators from files of the UN Peace and Security Data Hub.

The hub's JSON has dates as milliseconds since 1970 (negative before), copies of its CSV have plain dates, and the case
of column names has changed over time: all of these are read. A CSV file is taken row by row and may be large.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path

from django.utils.translation import gettext as _

from commitments.models import Dataset
from stakeholders.datafiles import DataFileError, Row

Series = dict[int, Decimal]  # year -> value
CENT = Decimal("0.01")
MALICIOUS = "malicious"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST_TOLD = 10


def series_of(path: Path, dataset: str) -> dict[str, Series]:
    """Indicator's uid -> its values by year. Raises DataFileError naming file, line, column, value and rule."""
    uid, count = COUNTS[Dataset(dataset)]
    found = count(path)
    return {uid: {year: value.quantize(CENT, ROUND_HALF_UP) for year, value in sorted(found.items())}}


def _share_of_women(path: Path) -> Series:
    """Of the last month reported in each year: women among all uniformed personnel, in per cent."""
    women: dict[date, Decimal] = defaultdict(Decimal)
    everyone: dict[date, Decimal] = defaultdict(Decimal)
    for row in _rows(path, ("female_personnel", "male_personnel", "last_reporting_date")):
        month = _date(row, "last_reporting_date").replace(day=1)
        female, male = _number(row, "female_personnel"), _number(row, "male_personnel")
        women[month] += female
        everyone[month] += female + male
    last = {month.year: month for month in sorted(everyone) if everyone[month]}
    if not last:
        raise DataFileError(_("%(file)s holds no personnel at all.") % {"file": path.name})
    return {year: 100 * women[month] / everyone[month] for year, month in last.items()}


def _deaths_by_malicious_acts(path: Path) -> Series:
    """By year of the incident. A year within the file's span without such a death counts as nought."""
    deaths: dict[int, int] = defaultdict(int)
    years: set[int] = set()
    seen: set[str] = set()
    for row in _rows(path, ("incident_date", "type_of_incident")):
        year = _date(row, "incident_date").year
        years.add(year)
        seen.add(row["type_of_incident"])
        deaths[year] += MALICIOUS in row["type_of_incident"].casefold()
    if not any(deaths.values()):
        values = ", ".join(sorted(seen)[:MOST_TOLD]) or "-"
        raise DataFileError(
            _("%(file)s has no row whose type_of_incident says “malicious”; it has: %(values)s.")
            % {"file": path.name, "values": values}
        )
    return {year: Decimal(deaths[year]) for year in range(min(years), max(years) + 1)}


COUNTS: Mapping[Dataset, tuple[str, Callable[[Path], Series]]] = {
    Dataset.CONTRIBUTIONS: ("women-in-uniform", _share_of_women),
    Dataset.FATALITIES: ("deaths-by-malicious-acts", _deaths_by_malicious_acts),
}


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows with these columns in small letters; every other column is left out."""
    read = _json if path.suffix.casefold() == ".json" else _csv
    try:
        for line, values in read(path):
            plain = {name.strip().casefold(): value for name, value in values.items() if name}
            if missing := [column for column in columns if column not in plain]:
                raise DataFileError(
                    _("%(file)s, line %(line)s: there is no column %(columns)s.")
                    % {"file": path.name, "line": line, "columns": ", ".join(missing)}
                )
            cells = {column: plain[column] for column in columns}
            yield Row(path, line, {name: "" if cell is None else str(cell).strip() for name, cell in cells.items()})
    except (OSError, ValueError, csv.Error) as error:
        raise DataFileError(_("%(file)s cannot be read: %(reason)s") % {"file": path.name, "reason": error}) from error


def _csv(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        for values in reader:
            yield reader.line_num, values


def _json(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    content = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(content, list) or not all(isinstance(values, dict) for values in content):
        raise ValueError("a list of objects was expected")
    yield from enumerate(content, start=1)


def _date(row: Row, column: str) -> date:
    text = row[column]
    try:
        if text.lstrip("-").isdecimal() and len(text.lstrip("-")) != len("20261231"):
            return (EPOCH + timedelta(milliseconds=int(text))).date()
        return date.fromisoformat(text[:10])
    except (ValueError, OverflowError) as error:
        raise row.fault(column, _("must be a date like 2026-07-01, or milliseconds since 1970.")) from error


def _number(row: Row, column: str) -> Decimal:
    try:
        value = Decimal(row[column] or "0")
    except InvalidOperation as error:
        raise row.fault(column, _("must be a whole number.")) from error
    if value != value.to_integral_value() or value < 0:
        raise row.fault(column, _("must be a whole number."))
    return value
