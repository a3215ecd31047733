"""The archive: a compressed tar that is written and read from beginning to end, so that it may be a pipe.

Rows lie in parts of a few megabytes (a member of a tar has its size before it), files as they are, and the manifest
comes last, when everything is counted: an archive without one was cut off.
"""

import gzip
import hashlib
import io
import json
import shutil
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

from django.conf import settings

from a4p.backup.refusals import Refused

FORMAT = "a4p-backup"
FORMAT_VERSION = 1
PART_BYTES = 4 * 1024**2
MANIFEST = "manifest.json"
COMPRESSION = 4
UNREADABLE = (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError)


@dataclass(frozen=True)
class Manifest:
    """What an archive holds. `tables` and `files` as the writer has put them; `fingerprint` is of the whole."""

    content: dict[str, Any]
    fingerprint: str

    @classmethod
    def read(cls, raw: bytes) -> Self:
        return cls(json.loads(raw), hashlib.sha256(raw).hexdigest())

    @property
    def tables(self) -> dict[str, dict[str, Any]]:
        return {table["name"]: table for table in self.content["tables"]}

    @property
    def files(self) -> list[dict[str, Any]]:
        return list(self.content["files"])


@contextmanager
def at_hand(given: str) -> Iterator[Path]:
    """The archive at this path; what comes through the pipe `-` is kept aside meanwhile, since it is read twice."""
    if given != "-":
        yield Path(given).absolute()
        return
    with tempfile.NamedTemporaryFile(dir=settings.DATA_DIR, prefix=".backup-") as aside:
        shutil.copyfileobj(sys.stdin.buffer, aside)
        aside.flush()
        yield Path(aside.name)


class Writer:
    """Writes into a stream that need not be a file. Raises OSError."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._zipped = gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=COMPRESSION, mtime=0)
        self._tar = tarfile.open(fileobj=self._zipped, mode="w|")  # noqa: SIM115 - finish() closes it

    def add_rows(self, table: str, lines: Iterator[bytes]) -> tuple[int, str]:
        """The number of lines and their SHA-256."""
        count, part, digest, held = 0, 0, hashlib.sha256(), bytearray()
        for line in lines:
            count += 1
            digest.update(line)
            held += line
            if len(held) >= PART_BYTES:
                part += 1
                self._add(f"rows/{table}/{part:06}.jsonl", bytes(held))
                held.clear()
        if held:
            self._add(f"rows/{table}/{part + 1:06}.jsonl", bytes(held))
        return count, digest.hexdigest()

    def add_file(self, path: str, content: bytes) -> None:
        self._add(f"files/{path}", content)

    def finish(self, content: dict[str, Any]) -> str:
        """Writes the manifest and returns its fingerprint."""
        raw = json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1).encode()
        self._add(MANIFEST, raw)
        self._tar.close()
        self._zipped.close()
        return hashlib.sha256(raw).hexdigest()

    def _add(self, name: str, content: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        member.mode = 0o600
        self._tar.addfile(member, io.BytesIO(content))


def members(path: Path) -> Iterator[tuple[str, bytes]]:
    """Every member in order. Raises Refused where this is no backup, or where it is damaged or cut off."""
    name = ""
    try:
        with gzip.open(path, "rb") as zipped, tarfile.open(fileobj=zipped, mode="r|") as tar:
            for member in tar:
                name = member.name
                stream = tar.extractfile(member)
                yield name, stream.read() if stream else b""
            while zipped.read(PART_BYTES):
                pass  # to the end, where the checksum of the whole stands
    except UNREADABLE as error:
        where = f"it cannot be read beyond {name}" if name else "it is not a compressed tar"
        raise Refused(f"{path} is no whole backup: {where} ({error}).") from error


def rows_in(content: bytes) -> Iterator[list[Any]]:
    return map(json.loads, content.splitlines())


def check(path: Path) -> Manifest:
    """Reads all of an archive once. Raises Refused, naming the first thing that is not as the manifest says."""
    rows: dict[str, tuple[int, Any]] = {}
    files: dict[str, tuple[int, str]] = {}
    manifest = None
    for name, content in members(path):
        kind, _slash, rest = name.partition("/")
        if name == MANIFEST:
            manifest = _manifest(path, content)
        elif kind == "rows":
            table = rest.partition("/")[0]
            count, digest = rows.setdefault(table, (0, hashlib.sha256()))
            digest.update(content)
            rows[table] = (count + content.count(b"\n"), digest)
        else:
            files[rest] = (len(content), hashlib.sha256(content).hexdigest())
    if manifest is None:
        raise Refused(f"{path} is no whole backup: it has no manifest at its end.")
    _compare(path, manifest, {name: (count, digest.hexdigest()) for name, (count, digest) in rows.items()}, files)
    return manifest


def _manifest(path: Path, raw: bytes) -> Manifest:
    try:
        manifest = Manifest.read(raw)
    except ValueError as error:
        raise Refused(f"{path} is damaged: its manifest cannot be read.") from error
    written = (manifest.content.get("format"), manifest.content.get("format_version"))
    if written[0] != FORMAT:
        raise Refused(f"{path} is no backup of the tracker.")
    if written[1] != FORMAT_VERSION:
        raise Refused(f"{path} is a backup of format {written[1]}; this program knows format {FORMAT_VERSION}.")
    return manifest


def _compare(
    path: Path, manifest: Manifest, rows: dict[str, tuple[int, str]], files: dict[str, tuple[int, str]]
) -> None:
    nothing = (0, hashlib.sha256().hexdigest())
    for name, table in manifest.tables.items():
        if rows.pop(name, nothing) != (table["rows"], table["sha256"]):
            raise Refused(f"{path} is damaged: the rows of {name} are not those that were written.")
    for entry in manifest.files:
        name = f"{entry['store']}/{entry['name']}"
        found = files.pop(name, None)
        if found is None:
            raise Refused(f"{path} is damaged: the file {name} is missing.")
        if found != (entry["size"], entry["sha256"]):
            raise Refused(f"{path} is damaged: the file {name} is not the one that was written.")
    for name in (*rows, *files):
        raise Refused(f"{path} holds {name}, which its manifest does not name.")
