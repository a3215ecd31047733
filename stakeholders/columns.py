"""What a data set is made of: one description for import, export, the page of columns and what is said of faults."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from stakeholders.datafiles import DataFileError, Row
from stakeholders.dates import number
from stakeholders.languages import LANGUAGES
from stakeholders.text import clean_body

Words = str | Promise
TEXT, CHOICE, DATE, WHOLE, BOOLEAN, REFERENCE = "text", "choice", "date", "whole", "boolean", "reference"
KINDS = {
    TEXT: pgettext_lazy("kind of column", "Text"),
    CHOICE: pgettext_lazy("kind of column", "One of the values"),
    DATE: pgettext_lazy("kind of column", "Date like 2026-07-01"),
    WHOLE: pgettext_lazy("kind of column", "Whole number"),
    BOOLEAN: pgettext_lazy("kind of column", "true or false"),
    REFERENCE: pgettext_lazy("kind of column", "Code of a record"),
}
BOOLEANS = ("true", "false")


@dataclass(frozen=True)
class Column:
    """`digits` pads codes with zeros that spreadsheets cut off; `most` is in characters; `language` is a code."""

    name: str
    meaning: Words
    kind: str = TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    digits: int = 0
    most: int = 0
    language: str = ""

    @property
    def kind_label(self) -> Words:
        return KINDS[self.kind]

    def clean(self, value: str) -> str:
        """The value as it is compared and stored."""
        value = clean_body(value)
        if self.digits and value.isascii() and value.isdecimal():
            return value.zfill(self.digits)
        return value.lower() if self.kind == BOOLEAN else value

    def refusal(self, value: str) -> str:
        """Which rule a clean value breaks, in the active language; empty when it breaks none."""
        if not value:
            return _("must not be empty.") if self.required else ""
        allowed = BOOLEANS if self.kind == BOOLEAN else self.choices
        if allowed and value not in allowed:
            return _("allowed are %(values)s.") % {"values": ", ".join(sorted(allowed))}
        if self.kind == WHOLE and not (value.isascii() and value.isdecimal() and len(value) < 6):
            return _("must be a whole number.")
        if self.kind == DATE and not is_date(value):
            return _("must be a date like 2026-07-01.")
        if self.most and len(value) > self.most:
            return _("has %(found)s characters; at most %(limit)s are allowed.") % {
                "found": number(len(value)),
                "limit": number(self.most),
            }
        return ""


@dataclass(frozen=True)
class DataSet:
    """A table that comes and goes as a file. `key` names the columns by which a row finds its record."""

    name: str
    title: Words
    about: Words
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rule: Callable[[Row], Iterable[DataFileError]] = lambda row: ()  # what two columns of a row must agree on

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.columns]

    def cleaned(self, row: Row) -> Row:
        """The row with each value in its stored form."""
        return replace(row, values={c.name: c.clean(row.values.get(c.name, "")) for c in self.columns})

    def faults_in(self, row: Row) -> Iterator[DataFileError]:
        """What can be told without the database, column by column."""
        for column in self.columns:
            if reason := column.refusal(row[column.name]):
                yield row.fault(column.name, reason)
        yield from self.rule(row)

    def require_sound(self, row: Row) -> Row:
        """The cleaned row. Raises DataFileError for its first fault."""
        row = self.cleaned(row)
        for fault in self.faults_in(row):
            raise fault
        return row

    def key_of(self, row: Row) -> tuple[str, ...]:
        return tuple(row[column] for column in self.key)

    def require_once(self, row: Row, seen: dict[tuple[str, ...], int]) -> None:
        """A key that stands twice is a fault of the second row; `seen` remembers key -> line. Raises DataFileError."""
        line = seen.setdefault(self.key_of(row), row.line)
        if line != row.line:
            raise row.fault(self.key[0], _("stands in line %(line)s already.") % {"line": line})


def in_six(column: Column, *, required: Iterable[str] = ()) -> tuple[Column, ...]:
    """The six columns of a translated field; `required` names the languages that must not be empty."""
    return tuple(
        replace(
            column,
            name=f"{column.name}_{language.column}",
            language=language.code,
            required=language.code in required,
        )
        for language in LANGUAGES
    )


def is_date(text: str) -> bool:
    """2026-07-01 and no other form."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def as_date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def told(value: object) -> str:
    """A value as it stands in a file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


SOURCE_MEANING = gettext_lazy("Where this can be read.")
