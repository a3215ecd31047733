"""Telling a place and a backup apart, table by table and file by file."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path

from a4p.backup import archive
from a4p.backup.places import one_instant
from a4p.backup.stores import STORES, FileEntry, look
from a4p.backup.tables import Table, all_tables


@dataclass(frozen=True)
class Line:
    """One table or one store of files: how much of it there is here, and how it differs; empty when it does not."""

    name: str
    count: int
    difference: str


def compare(path: Path, manifest: archive.Manifest, *, using: str = "default") -> Iterator[Line]:
    """Every table and store, with the first difference of each."""
    with one_instant(using) as instant:
        for table in all_tables():
            there = manifest.tables.get(table.name, {"rows": 0, "sha256": ""})
            count, digest = table.measure(instant)
            same = (count, digest) == (there["rows"], there["sha256"])
            yield Line(table.name, count, "" if same else _first_difference(path, table, instant))
        entries = [entry for store in STORES.values() for entry in store.entries(instant)]
    yield from _compare_files(manifest, entries)


def _first_difference(path: Path, table: Table, using: str) -> str:
    parts = (raw for name, raw in archive.members(path) if name.startswith(f"rows/{table.name}/"))
    saved = chain.from_iterable(raw.splitlines(keepends=True) for raw in parts)
    for number, (there, here) in enumerate(zip_longest(saved, table.lines(using)), start=1):
        if there != here:
            what = "is only here" if there is None else "is only in the backup" if here is None else "differs"
            return f"{table.name}: row {number} {what}"
    return f"{table.name}: the backup does not have this table"


def _compare_files(manifest: archive.Manifest, entries: list[FileEntry]) -> Iterator[Line]:
    for store in STORES:
        saved = {entry["name"]: entry["sha256"] for entry in manifest.files if entry["store"] == store}
        known_faults = {fault.split(" ", 1)[0] for fault in manifest.content["faults"]}
        here = {entry.name: entry for entry in entries if entry.store == store and entry.path not in known_faults}
        differences = (_file_difference(store, name, saved, here) for name in sorted(saved.keys() | here.keys()))
        yield Line(f"files of {store}", len(here), next(filter(None, differences), ""))


def _file_difference(store: str, name: str, saved: dict[str, str], here: dict[str, FileEntry]) -> str:
    if name not in here:
        return f"{store}/{name} is only in the backup"
    if name not in saved:
        return f"{store}/{name} is only here"
    fault = look(here[name])[1]
    return f"{store}/{name} {fault}" if fault else ""
