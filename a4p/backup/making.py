"""Making a backup while people go on working."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connections

from a4p.backup import archive
from a4p.backup.places import last_key, migrations_of, one_instant
from a4p.backup.refusals import Refused
from a4p.backup.stores import STORES, FileEntry, look
from a4p.backup.tables import LEFT_OUT, all_tables


@dataclass(frozen=True)
class Made:
    """`faults` names files that rows speak of and that are missing or changed; the archive has all others."""

    tables: int
    rows: int
    files: int
    fingerprint: str
    faults: list[str]


def make_backup(stream: IO[bytes], *, at: datetime, using: str = "default") -> Made:
    """Writes an archive of everything as it is at one instant. Raises OSError where the stream takes no more.

    The rows are read first. A file never changes under its name and stays as long as a row names it, so that those
    the rows of that instant name can be read afterwards, whatever people add or remove meanwhile.
    """
    writer = archive.Writer(stream)
    tables: list[dict[str, Any]] = []
    with one_instant(using) as instant:
        for table in all_tables():
            count, digest = writer.add_rows(table.name, table.lines(instant))
            head = {"name": table.name, "columns": table.head, "rows": count, "sha256": digest}
            tables.append(head | {"last_key": last_key(table, instant)})
        entries = [entry for store in STORES.values() for entry in store.entries(instant)]
        migrations = migrations_of(instant)
    kept, faults = _add_files(writer, entries)
    fingerprint = writer.finish(
        {
            "format": archive.FORMAT,
            "format_version": archive.FORMAT_VERSION,
            "software_version": settings.VERSION,
            "made_at": at.isoformat(),
            "database": connections[using].vendor,
            "migrations": migrations,
            "tables": tables,
            "left_out": sorted(LEFT_OUT),
            "files": [entry.as_json() for entry in kept],
            "faults": faults,
        }
    )
    return Made(len(tables), sum(table["rows"] for table in tables), len(kept), fingerprint, faults)


def _add_files(writer: archive.Writer, entries: list[FileEntry]) -> tuple[list[FileEntry], list[str]]:
    kept, faults = [], []
    for entry in entries:
        content, fault = look(entry)
        if fault:
            faults.append(f"{entry.path} {fault}")
        else:
            writer.add_file(entry.path, content)
            kept.append(entry)
    return kept, faults


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file for its owner alone, which is there whole when all went well and not at all otherwise.

    Raises Refused where something lies there already: no backup is written over another.
    """
    if path.exists():
        raise Refused(f"{path} exists already; a backup is not written over another.")
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".part-")  # readable by its owner alone
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(aside).rename(path)
    finally:
        Path(aside).unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
