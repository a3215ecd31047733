"""Rows by the hundred thousand, as fast as each database takes them."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, models

Row = tuple[Any, ...]


def insert(model: type[models.Model], columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Add rows whose values stand in the order of `columns`, every column of the model among them."""
    writing = [_writer(model._meta.get_field(name)) for name in columns]
    ready = (tuple(write(value) if write else value for write, value in zip(writing, row, strict=True)) for row in rows)
    table, names = model._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in ready:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(ready))  # noqa: S608 - our own names


def _writer(field: Any) -> Callable[[Any], Any] | None:
    """How a value is put down; None where the database's driver knows by itself."""
    if connection.vendor == "postgresql":
        return json.dumps if isinstance(field, models.JSONField) else None
    return lambda value: field.get_db_prep_save(value, connection)


def last_id(model: type[models.Model]) -> int:
    return model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0


def go_on_counting(*tables: type[models.Model]) -> None:
    """Ids were given by us; from now on the database's own counters go on after them."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)
