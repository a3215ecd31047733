"""Reading a data set from a file somebody sent: rows of texts, one after the other, with their place in the file."""

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from progress.bulk.formulas import restored
from progress.uploads.findings import Refused
from progress.uploads.inspection import refusal_of
from progress.uploads.kinds import PACKAGE, XLSX
from progress.uploads.packages import inspect_package
from stakeholders.columns import DataSet
from stakeholders.datafiles import DataFileError, Row
from stakeholders.dates import number

SEPARATORS = (",", ";", "\t")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
NULL, INSTEAD = "\0", "\N{REPLACEMENT CHARACTER}"
# How workbooks write characters that XML has no place for, and what looks like one of these; halves of pairs stay.
ESCAPED_IN_WORKBOOK = re.compile(r"_x(?![dD][89a-fA-F])([0-9a-fA-F]{4})_")
WORKBOOK_FAILS = (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError)


def read(path: Path, name: str, dataset: DataSet) -> Iterator[Row]:
    """The rows of a CSV, XLSX or JSON file, told by its content. Raises DataFileError before or between rows."""
    require_size(path.stat().st_size, name)
    with path.open("rb") as stream:
        start = stream.read(64)
    if start.startswith(PACKAGE):
        rows = _xlsx(path, name, dataset)
    elif start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        rows = _json(path, name, dataset)
    else:
        rows = _csv(path, name, dataset, "utf-16" if start.startswith(UTF_16) else "utf-8-sig")
    for count, row in enumerate(rows, start=1):
        if count > settings.BULK_MAX_ROWS:
            raise DataFileError(
                _("%(file)s has more than %(limit)s rows; send it in parts.")
                % {"file": name, "limit": number(settings.BULK_MAX_ROWS)}
            )
        _require_no_null(row)
        yield row


def _require_no_null(row: Row) -> None:
    """No database could look for such a text or keep what is told of it. Other characters are the records' to judge."""
    for column, value in row.values.items():
        if NULL in value:
            told = {name: text.replace(NULL, INSTEAD) for name, text in row.values.items()}
            reason = _("Character number %(position)s is a control character (%(code)s). Remove it.")
            raise replace(row, values=told).fault(
                column, reason % {"position": value.index(NULL) + 1, "code": "U+0000"}
            )


def require_size(size: int, name: str) -> None:
    """Raises DataFileError for a file that is empty or too large."""
    if not size:
        raise DataFileError(_("%(file)s is empty.") % {"file": name})
    if size > settings.BULK_MAX_BYTES:
        raise DataFileError(
            _("%(file)s has %(value)s; a file may have at most %(limit)s. Send it in parts.")
            % {"file": name, "value": filesizeformat(size), "limit": filesizeformat(settings.BULK_MAX_BYTES)}
        )


def _csv(path: Path, name: str, dataset: DataSet, encoding: str) -> Iterator[Row]:
    try:
        with path.open(encoding=encoding, newline="") as stream:
            reader = csv.reader(stream, delimiter=_separator(path, encoding), strict=True)
            header = [cell.strip() for cell in next(reader, [])]
            _require_columns(name, dataset, header)
            for cells in reader:
                if any(cells):
                    yield _row(name, reader.line_num, header, [restored(cell) for cell in cells])
    except UnicodeError as error:
        raise DataFileError(_("%(file)s is not text in UTF-8. Save it as “CSV UTF-8”.") % {"file": name}) from error
    except csv.Error as error:
        raise DataFileError(_("%(file)s cannot be read: %(reason)s") % {"file": name, "reason": error}) from error


def _separator(path: Path, encoding: str) -> str:
    """Spreadsheets in French, Russian or Spanish write semicolons; no column has one in its name."""
    with path.open(encoding=encoding, newline="") as stream:
        header = stream.readline(10_000)
    return max(SEPARATORS, key=header.count)


def _json(path: Path, name: str, dataset: DataSet) -> Iterator[Row]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DataFileError(_("%(file)s cannot be read: %(reason)s") % {"file": name, "reason": error}) from error
    rows = content.get("rows") if isinstance(content, dict) else content
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DataFileError(_("%(file)s must hold a list of rows, each an object of columns.") % {"file": name})
    for position, row in enumerate(rows, start=1):
        _require_columns(name, dataset, list(row))
        texts = {column: _text(value) for column, value in row.items()}
        try:
            "".join(texts.values()).encode()
        except UnicodeError as error:  # half a character, which no text can hold
            raise DataFileError(_("%(file)s cannot be read: %(reason)s") % {"file": name, "reason": error}) from error
        yield Row(Path(name), position, texts)


def _xlsx(path: Path, name: str, dataset: DataSet) -> Iterator[Row]:
    _require_sound_package(path, name)
    try:
        with path.open("rb") as stream, closing(load_workbook(stream, read_only=True)) as book:
            sheet = book[dataset.name] if dataset.name in book.sheetnames else book.worksheets[0]
            sheet.reset_dimensions()
            lines = sheet.iter_rows()
            header = [_text(cell.value).strip() for cell in next(lines, ())]
            while header and not header[-1]:
                header.pop()
            _require_columns(name, dataset, header)
            for line, cells in enumerate(lines, start=2):
                if any(cell.value not in (None, "") for cell in cells):
                    yield _row_of_cells(name, line, header, cells)
    except WORKBOOK_FAILS as error:
        raise DataFileError(_("%(file)s cannot be read: %(reason)s") % {"file": name, "reason": error}) from error


def _require_sound_package(path: Path, name: str) -> None:
    """The directory of the package is judged before anything is unpacked: sizes, macros, links to elsewhere."""
    try:
        kind, _carried = inspect_package(path.read_bytes())
    except Refused as refusal:
        raise _refused(refusal_of(name, refusal)) from refusal
    if kind is not XLSX:
        raise DataFileError(_("%(file)s is not an Excel workbook (.xlsx).") % {"file": name})


def _refused(error: ValidationError) -> DataFileError:
    return DataFileError(" ".join(error.messages))


def _row_of_cells(name: str, line: int, header: list[str], cells: tuple[Any, ...]) -> Row:
    row = _row(name, line, header, [_text_of_cell(cell.value) for cell in cells][: len(header)])
    for column, cell in zip(header, cells, strict=False):
        if cell.data_type == "f":
            raise row.fault(column, _("is a formula. Put its value there."))
    return row


def _row(name: str, line: int, header: list[str], cells: list[str]) -> Row:
    if len(cells) > len(header) and any(cells[len(header) :]):
        raise DataFileError(
            _("%(file)s, line %(line)s: %(found)s cells instead of %(expected)s.")
            % {"file": name, "line": line, "found": len(cells), "expected": len(header)}
        )
    filled = [*cells, *[""] * (len(header) - len(cells))]
    return Row(Path(name), line, dict(zip(header, filled, strict=False)))


def _text_of_cell(value: object) -> str:
    """The library gives texts as the workbook writes them."""
    text = _text(value)
    return ESCAPED_IN_WORKBOOK.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _text(value: object) -> str:
    """A cell as text; whatever a spreadsheet made of a date or a number is told as our files tell it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _require_columns(name: str, dataset: DataSet, found: list[str]) -> None:
    """Every column, in any order, and no other: a column left out would be taken for one that was emptied."""
    missing = [column for column in dataset.column_names if column not in found]
    strange = [column.replace(NULL, INSTEAD) for column in found if column not in dataset.column_names]
    twice = [column for column in dataset.column_names if found.count(column) > 1]
    if missing:
        raise DataFileError(
            _("%(file)s lacks the columns %(columns)s.") % {"file": name, "columns": ", ".join(missing)}
        )
    if strange or twice:
        raise DataFileError(
            _("%(file)s has columns that do not belong to it: %(columns)s.")
            % {"file": name, "columns": ", ".join([*strange, *twice][:10])}
        )
