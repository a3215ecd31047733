"""The values of a row as JSON, the same whichever database they come from, and back.

JSON knows no dates, decimals or bytes, so a manifest names the kind of each column. Text stays text; a column of JSON
is carried as text with its keys sorted, since one database keeps their order and the other does not.
"""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

Field = models.Field[Any, Any]

KINDS = {
    "int": ("AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField", "SmallIntegerField"),
    "positive": ("PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField"),
    "text": ("CharField", "TextField", "SlugField", "EmailField", "URLField", "GenericIPAddressField", "FileField"),
    "bool": ("BooleanField",),
    "datetime": ("DateTimeField",),
    "date": ("DateField",),
    "time": ("TimeField",),
    "duration": ("DurationField",),
    "decimal": ("DecimalField",),
    "float": ("FloatField",),
    "uuid": ("UUIDField",),
    "binary": ("BinaryField",),
    "json": ("JSONField",),
}
KIND_OF = {name: kind for kind, names in KINDS.items() for name in names}

ENCODE: dict[str, Callable[[Any], Any]] = {
    "int": int,
    "positive": int,
    "text": str,
    "bool": bool,
    "datetime": lambda value: value.astimezone(UTC).isoformat(timespec="microseconds"),
    "date": date.isoformat,
    "time": lambda value: value.isoformat(timespec="microseconds"),
    "duration": lambda value: value // timedelta(microseconds=1),
    "decimal": lambda value: format(value, "f"),
    "float": float.hex,
    "uuid": str,
    "binary": lambda value: base64.b64encode(value).decode(),
}
DECODE: dict[str, Callable[[Any], Any]] = {
    "int": int,
    "positive": int,
    "text": str,
    "bool": bool,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "duration": lambda value: timedelta(microseconds=value),
    "decimal": Decimal,
    "float": float.fromhex,
    "uuid": UUID,
    "binary": base64.b64decode,
}


@dataclass(frozen=True)
class Column:
    name: str
    kind: str
    field: Field

    def encode(self, value: Any) -> Any:
        """A value as Django reads it, as JSON."""
        if self.kind == "json":
            # Where the column takes no NULL, nothing is JSON's own null.
            return None if value is None and self.field.null else canonical(value)
        return None if value is None else ENCODE[self.kind](value)

    def decode(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """The other way, as the database's driver takes it."""
        if value is None:
            return None
        if self.kind == "json":
            return connection.ops.adapt_json_value(json.loads(value), None)
        return self.field.get_db_prep_save(DECODE[self.kind](value), connection)

    def misfit(self, value: Any, connection: BaseDatabaseWrapper) -> str:
        """Why PostgreSQL would not take an encoded value that SQLite has let in; empty when it would."""
        if value is None or connection.vendor != "postgresql":
            return ""
        if self.kind == "text":
            return _unfit_text(value, self.field.max_length)
        if self.kind == "json":
            return next(filter(None, (_unfit_text(text, None) for text in _texts(json.loads(value)))), "")
        if self.kind in ("int", "positive"):
            least, most = connection.ops.integer_field_range(_own_field(self.field).get_internal_type())
            fits = (least is None or least <= value) and (most is None or value <= most)
            return "" if fits else f"{value} is not between {least} and {most}"
        if self.kind == "decimal":
            return _unfit_decimal(Decimal(value), self.field)
        return ""


def columns_of(model: type[models.Model]) -> list[Column]:
    """The columns Django fills, in the model's order. Raises ImproperlyConfigured for a kind that is not known here."""
    return [
        Column(str(field.column), _kind(field), field) for field in model._meta.concrete_fields if not field.generated
    ]


def canonical(value: Any) -> str:
    """JSON text that is the same for the same value: sorted keys, ASCII alone, no blanks."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _kind(field: Field) -> str:
    internal = _own_field(field).get_internal_type()
    if internal not in KIND_OF:
        raise ImproperlyConfigured(f"{field}: a backup does not know how to carry a {internal}.")
    return KIND_OF[internal]


def _own_field(field: Field) -> Field:
    """The field that holds the value: for a foreign key, the key of the row it points to."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field


def _texts(value: Any) -> Iterator[str]:
    """Every text in a piece of JSON, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _texts(item)


def _unfit_text(value: str, most: int | None) -> str:
    if "\x00" in value:
        return "it holds the character NUL"
    if any("\ud800" <= character <= "\udfff" for character in value):
        return "it holds half of a pair of characters"
    if most is not None and len(value) > most:
        return f"it has {len(value)} characters and {most} are allowed"
    return ""


def _unfit_decimal(value: Decimal, field: Field) -> str:
    whole = field.max_digits - field.decimal_places  # type: ignore[attr-defined]  # the kind says it is a DecimalField
    return "" if abs(value) < Decimal(10) ** whole else f"{value} has more than {whole} digits before the point"
