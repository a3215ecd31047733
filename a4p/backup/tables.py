"""The tables of a backup: which, in what order, and their rows as lines.

Rows are written to the tables as they are, past the actions. A restored place must be what the backup is: an action
would judge rows of former years by today's rules, stamp them with today's date and add lines to the diary.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.models import QuerySet

from a4p.backup.columns import Column, columns_of
from a4p.backup.refusals import Refused

ROWS_AT_ONCE = 1_000

# What lives no longer than the processes do. People sign in again; the clock is heard again within a minute.
LEFT_OUT = {"django_session", "usersessions_usersession", "stakeholders_clocktick"}
# `migrate` fills these in an empty database; their keys stand in other tables, so a restore brings its own.
FILLED_BY_MIGRATIONS = ("auth_permission", "django_content_type")

Row = list[Any]


@dataclass(frozen=True)
class Table:
    name: str
    model: type[models.Model]
    columns: Sequence[Column]

    @property
    def head(self) -> list[list[str]]:
        return [[column.name, column.kind] for column in self.columns]

    def rows(self, using: str) -> Iterator[Row]:
        """Every row, encoded, in the order of the primary key. A plain QuerySet: managers hide rows, or translate."""
        assert self.model._meta.pk
        names = [column.field.attname for column in self.columns]
        everything: QuerySet[Any] = QuerySet(self.model, using=using)
        found = everything.order_by(self.model._meta.pk.attname).values_list(*names)
        for row in found.iterator(chunk_size=ROWS_AT_ONCE):
            yield [column.encode(value) for column, value in zip(self.columns, row, strict=True)]

    def lines(self, using: str) -> Iterator[bytes]:
        return map(line_of, self.rows(using))

    def count(self, using: str) -> int:
        return QuerySet(self.model, using=using).count()

    def measure(self, using: str) -> tuple[int, str]:
        """How many rows there are, and the SHA-256 of their lines."""
        count, digest = 0, hashlib.sha256()
        for line in self.lines(using):
            digest.update(line)
            count += 1
        return count, digest.hexdigest()

    def insert(self, rows: Iterator[Row], using: str) -> None:
        """Raises Refused for a value that the database could not keep as it is."""
        connection = connections[using]
        quote = connection.ops.quote_name
        table, names = quote(self.name), ", ".join(quote(column.name) for column in self.columns)
        prepared = (self._prepared(row, using) for row in rows)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as stream:
                    for row in prepared:
                        stream.write_row(row)
                return
            places = ", ".join(["%s"] * len(self.columns))
            statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 - names are the models'
            while some := list(islice(prepared, ROWS_AT_ONCE)):
                cursor.executemany(statement, some)

    def empty(self, using: str) -> None:
        connection = connections[using]
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(self.name)}")  # noqa: S608 - the name is the model's

    def _prepared(self, row: Row, using: str) -> Row:
        connection = connections[using]
        for column, value in zip(self.columns, row, strict=True):
            if why := column.misfit(value, connection):
                key = row[[c.field.primary_key for c in self.columns].index(True)]
                raise Refused(f"{self.name}, row {key}, column {column.name}: PostgreSQL does not take it, {why}.")
        return [column.decode(value, connection) for column, value in zip(self.columns, row, strict=True)]


def line_of(row: Row) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def all_tables() -> list[Table]:
    """Every table that is kept, those that others point to first."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in LEFT_OUT
    }
    ordered: dict[str, Table] = {}
    while waiting := {name: model for name, model in sorted(found.items()) if name not in ordered}:
        ready = [name for name, model in waiting.items() if _points_to(model) <= {*ordered, name}]
        for name in ready or waiting:
            ordered[name] = Table(name, found[name], columns_of(found[name]))
    return list(ordered.values())


def _points_to(model: type[models.Model]) -> set[str]:
    return {
        field.related_model._meta.db_table
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and not isinstance(field.related_model, str)
    }
