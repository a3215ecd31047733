"""What differs between the two databases: how all is read at one instant, how keys go on, how nobody comes between."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from a4p.backup.tables import Table

PATIENT = "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0"


@contextmanager
def patient_connection(using: str, *, reads_only: bool = False) -> Iterator[str]:
    """The name of a connection of its own to the same database, which waits as long as it takes."""
    alias = f"{using}-backup"
    connection = connections[using].copy(alias)
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "postgresql":
        options.pop("pool", None)
        options["options"] = PATIENT
    elif reads_only:
        options["transaction_mode"] = "DEFERRED"  # people go on writing meanwhile
    connections[alias] = connection
    try:
        yield alias
    finally:
        connection.close()
        del connections[alias]


@contextmanager
def one_instant(using: str) -> Iterator[str]:
    """Whatever is read through this connection is as it was when the first of it was read."""
    with patient_connection(using, reads_only=True) as alias, transaction.atomic(using=alias):
        if connections[alias].vendor == "postgresql":
            with connections[alias].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield alias


def migrations_of(using: str) -> list[str]:
    """The migrations that a database has been through, sorted."""
    applied = MigrationRecorder(connections[using]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def has_no_tables(using: str) -> bool:
    return not connections[using].introspection.table_names()


def keep_others_out(tables: Sequence[Table], using: str) -> None:
    """Until the end of the transaction nobody else writes. On SQLite that is so already."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(table.name) for table in tables)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")


def check_foreign_keys(table: Table, using: str) -> None:
    """Raises IntegrityError where a row points to none. Asked after each table, so that no server must remember all."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    else:
        connection.check_constraints(table_names=[table.name])


def last_key(table: Table, using: str) -> int:
    """The last key that was given out, though its row may be gone; 0 where none was, or where keys are not counted."""
    connection = connections[using]
    if not _counts(table):
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT last_value, is_called FROM {_sequence(table, connection)}")  # noqa: S608 - ours
            value, is_called = cursor.fetchone()
            return int(value) if is_called else 0
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
        found = cursor.fetchone()
        return int(found[0]) if found else 0


def go_on_after(table: Table, key: int, using: str) -> None:
    """The next row gets a greater key than this and than any that is there: a former row's key is never another's."""
    connection = connections[using]
    if not _counts(table):
        return
    quote = connection.ops.quote_name
    assert table.model._meta.pk
    key_column = quote(str(table.model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max({key_column}) FROM {quote(table.name)}")  # noqa: S608 - ours
        last = max(key, cursor.fetchone()[0] or 0)
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(%s, %s, %s)", [_sequence(table, connection), last or 1, last > 0])
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, last])


def _counts(table: Table) -> bool:
    return isinstance(table.model._meta.pk, models.AutoField)


def _sequence(table: Table, connection: BaseDatabaseWrapper) -> str:
    assert table.model._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_serial_sequence(%s, %s)",
            [connection.ops.quote_name(table.name), str(table.model._meta.pk.column)],
        )
        return str(cursor.fetchone()[0])
