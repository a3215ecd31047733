"""Reading our CSV data files. A fault names file, line, column and rule, and nothing of the file is kept."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from stakeholders.languages import LANGUAGES

M = TypeVar("M", bound=models.Model)


class DataFileError(Exception):
    """A data file that cannot be loaded. A fault of one cell also says which (`row`, `column`) and why (`reason`)."""

    def __init__(self, sentence: str, *, row: "Row | None" = None, column: str = "", reason: str = "") -> None:
        super().__init__(sentence)
        self.row, self.column, self.reason = row, column, reason or sentence


@dataclass(frozen=True)
class Row:
    """One line of a file; `line` counts the header as 1."""

    file: Path
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def fault(self, column: str, reason: str) -> DataFileError:
        return DataFileError(
            _("%(file)s, line %(line)s, column “%(column)s”, value “%(value)s”: %(reason)s")
            % {
                "file": self.file.name,
                "line": self.line,
                "column": column,
                "value": self.values.get(column, ""),
                "reason": reason,
            },
            row=self,
            column=column,
            reason=reason,
        )

    def one_of(self, column: str, allowed: Iterable[str]) -> str:
        if self[column] not in allowed:
            raise self.fault(column, _("allowed are %(values)s.") % {"values": ", ".join(sorted(allowed))})
        return self[column]


@dataclass
class Tally:
    """What a load did, in records."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def add(self, other: "Tally") -> None:
        self.created += other.created
        self.changed += other.changed
        self.unchanged += other.unchanged

    def note(self, row: Row, before: dict[str, str] | None, after: dict[str, str]) -> None:
        """A row met a record that said `before` (None: there was none) and says `after` now."""
        if before is None:
            self.created += 1
        elif before == after:
            self.unchanged += 1
        else:
            self.changed += 1

    def __str__(self) -> str:
        return f"{self.created} new, {self.changed} changed, {self.unchanged} as they were"


def read_rows(path: Path, columns: list[str], *, required: Iterable[str] = ()) -> list[Row]:
    """All lines of a UTF-8 CSV file whose header is exactly these columns. Raises DataFileError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            lines = [(reader.line_num, cells) for cells in reader if cells]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataFileError(_("%(file)s cannot be read: %(reason)s") % {"file": path.name, "reason": error}) from error
    _check_header(path, header, columns)
    return [_row(path, number, columns, cells, set(required)) for number, cells in lines]


def _check_header(path: Path, header: list[str], columns: list[str]) -> None:
    if header != columns:
        raise DataFileError(
            _("%(file)s, line 1: the columns must be %(expected)s; found %(found)s.")
            % {"file": path.name, "expected": ", ".join(columns), "found": ", ".join(header) or "-"}
        )


def _row(path: Path, line: int, columns: list[str], cells: list[str], required: set[str]) -> Row:
    row = Row(path, line, dict(zip(columns, cells, strict=False)))
    if len(cells) != len(columns):
        raise DataFileError(
            _("%(file)s, line %(line)s: %(found)s cells instead of %(expected)s.")
            % {"file": path.name, "line": line, "found": len(cells), "expected": len(columns)}
        )
    for column in columns:
        if column in required and not row[column].strip():
            raise row.fault(column, _("must not be empty."))
    return row


def by_key(rows: list[Row], column: str) -> dict[str, Row]:
    """The rows by their key; a key that stands twice is a fault of the second row."""
    found: dict[str, Row] = {}
    for row in rows:
        if row[column] in found:
            raise row.fault(column, _("stands in line %(line)s already.") % {"line": found[row[column]].line})
        found[row[column]] = row
    return found


def read_texts(
    folder: Path, key: str, columns: list[str], *, required: Iterable[str] = ()
) -> dict[str, dict[str, Row]]:
    """Language code -> key -> row, from one file a language in the folder."""
    texts = {}
    for language in LANGUAGES:
        rows = read_rows(folder / f"{language.code}.csv", [key, *columns], required={key, *required})
        texts[language.code] = by_key(rows, key)
    return texts


def in_columns(
    texts: Mapping[str, Mapping[str, Row]], key: str, field: str, *, asked_by: Row, column: str
) -> dict[str, str]:
    """The six columns of a translated field for one key: {title_ar: ..., title_zh_hans: ...}."""
    values = {}
    for language in LANGUAGES:
        row = texts[language.code].get(key)
        if row is None:
            raise asked_by.fault(column, _("has no text in %(file)s.") % {"file": f"{language.code}.csv"})
        values[f"{field}_{language.column}"] = row[field]
    return values


def store(model: type[M], lookup: dict[str, Any], values: dict[str, Any], *, row: Row, tally: Tally) -> M:
    """Create or change one record, checked whole; what already stands so is not touched."""
    known = model._default_manager.filter(**lookup).first()
    record = known or model(**lookup)
    changed = [name for name, value in values.items() if known is None or getattr(known, name) != value]
    if known and not changed:
        tally.unchanged += 1
        return known
    for name in changed:
        setattr(record, name, values[name])
    try:
        record.full_clean()
    except ValidationError as error:
        raise fault_of(row, error) from error
    record.save()
    if known:
        tally.changed += 1
    else:
        tally.created += 1
    return record


def fault_of(row: Row, error: ValidationError) -> DataFileError:
    """What a record refused, as a fault of the row it comes from."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    field, messages = next(iter(by_field.items()))
    column = field if field in row.values else next(iter(row.values))
    return row.fault(column, " ".join(messages))


def joined(row: Row, texts: Mapping[str, Mapping[str, Row]], fields: Iterable[str], *, key: str) -> Row:
    """The row with the six columns of each of these fields beside its own."""
    values = dict(row.values)
    for field in fields:
        values |= in_columns(texts, row[key], field, asked_by=row, column=key)
    return replace(row, values=values)
