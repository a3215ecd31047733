"""Filling an empty place from a backup: everything, or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, groupby
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, transaction

from a4p.backup import archive
from a4p.backup.places import (
    check_foreign_keys,
    go_on_after,
    has_no_tables,
    keep_others_out,
    migrations_of,
    patient_connection,
)
from a4p.backup.refusals import Refused
from a4p.backup.stores import STORES
from a4p.backup.tables import FILLED_BY_MIGRATIONS, Table, all_tables
from stakeholders import freshness
from stakeholders.files import digest


def restore(path: Path, *, fingerprint: str = "") -> archive.Manifest:
    """Brings back every row with its key, every file under its name, and says what the archive was.

    A database without tables gets them first. Raises Refused, with the place as empty as it was, when the archive is
    damaged, of another release, or not the one with this fingerprint, and when the place is not empty; OSError when
    a file cannot be written.
    """
    manifest = archive.check(path)
    if fingerprint and fingerprint != manifest.fingerprint:
        raise Refused(f"{path} has the fingerprint {manifest.fingerprint}, and {fingerprint} was expected.")
    if has_no_tables("default"):
        call_command("migrate", verbosity=0, interactive=False)
    tables = all_tables()
    _refuse_another_release(manifest, tables)
    with patient_connection("default") as alias, _files_unless_it_fails() as written, transaction.atomic(using=alias):
        keep_others_out(tables, alias)
        _refuse_unless_empty(tables, alias)
        for table in reversed(tables):
            if table.name in FILLED_BY_MIGRATIONS:
                table.empty(alias)
        _fill(path, tables, alias, written)
        _verify(manifest, tables, alias)
        for table in tables:
            go_on_after(table, manifest.tables[table.name]["last_key"], alias)
    ContentType.objects.clear_cache()
    freshness.make_old()
    return manifest


def _refuse_another_release(manifest: archive.Manifest, tables: list[Table]) -> None:
    version = manifest.content["software_version"]
    theirs, ours = set(manifest.content["migrations"]), set(migrations_of("default"))
    advice = f"Restore with release {version} of the tracker, then upgrade."
    if theirs - ours:
        raise Refused(f"The backup has been through {min(theirs - ours)}, which this database has not. {advice}")
    if ours - theirs:
        raise Refused(f"This database has been through {min(ours - theirs)}, which the backup has not. {advice}")
    for table in tables:
        there = manifest.tables.get(table.name)
        if there is None or there["columns"] != table.head:
            raise Refused(f"The table {table.name} has other columns in the backup than here. {advice}")
    known = {table.name for table in tables}
    for name in manifest.tables:
        if name not in known:
            raise Refused(f"The backup has a table {name}, which this program does not know. {advice}")


def _refuse_unless_empty(tables: list[Table], using: str) -> None:
    for table in tables:
        if table.name not in FILLED_BY_MIGRATIONS and (count := table.count(using)):
            raise Refused(f"The database is not empty: {table.name} has {count} rows. Nothing was changed.")


def _fill(path: Path, tables: list[Table], using: str, written: list[tuple[str, str]]) -> None:
    by_name = {table.name: table for table in tables}
    content = (member for member in archive.members(path) if member[0] != archive.MANIFEST)
    for (kind, where), group in groupby(content, key=lambda member: _place(member[0])):
        if kind == "rows":
            _fill_table(by_name[where], (raw for _name, raw in group), using)
            continue
        for name, raw in group:
            _write_file(where, name.split("/", 2)[2], raw, written)


def _place(name: str) -> tuple[str, str]:
    """(rows, the table's name), or (files, the store's)."""
    kind, where, _rest = name.split("/", 2)
    return kind, where


def _fill_table(table: Table, parts: Iterator[bytes], using: str) -> None:
    try:
        table.insert(chain.from_iterable(map(archive.rows_in, parts)), using)
        check_foreign_keys(table, using)
    except DatabaseError as error:
        # The first line alone: what follows it may quote a row.
        raise Refused(f"The database does not take a row of {table.name}: {str(error).splitlines()[0]}.") from error


def _write_file(store: str, name: str, content: bytes, written: list[tuple[str, str]]) -> None:
    """Nobody sees a file before its row is there. One that is there already, and the same, is left as it is."""
    if store not in STORES or not _is_plain(name):
        raise Refused(f"The backup has a file {store}/{name}, which belongs nowhere here.")
    try:
        present = STORES[store].read(name)
    except FileNotFoundError:
        written.append((store, name))
        STORES[store].write(name, content)
        return
    if digest(present) != digest(content):
        raise Refused(f"The file {store}/{name} is here already with another content; move it away first.")


def _is_plain(name: str) -> bool:
    """Whether it stays inside its store's folder."""
    return all(part and not part.startswith(".") for part in name.split("/"))


@contextmanager
def _files_unless_it_fails() -> Iterator[list[tuple[str, str]]]:
    """The list of files that are written; when it fails, they are removed again."""
    written: list[tuple[str, str]] = []
    try:
        yield written
    except BaseException:
        for store, name in written:
            STORES[store].remove(name)
        raise


def _verify(manifest: archive.Manifest, tables: list[Table], using: str) -> None:
    """Reads back what was written: a value that the database has kept otherwise shows here."""
    for table in tables:
        there = manifest.tables[table.name]
        if table.measure(using) != (there["rows"], there["sha256"]):
            raise Refused(f"The rows of {table.name}, read back, are not those of the backup. Nothing was changed.")
    for entry in manifest.files:
        if digest(STORES[entry["store"]].read(entry["name"])) != entry["sha256"]:
            raise Refused(f"The file {entry['store']}/{entry['name']}, read back, is not that of the backup.")
