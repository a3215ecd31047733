"""Where files that people have given and reports that were made lie: a folder, or a bucket that speaks S3.

Under a name a file is complete or absent, in either. Who wants one asks here; only what is in a folder has a path, by
which a proxy can hand it out.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings

from stakeholders import files

FOLDERS = {"evidence": "EVIDENCE_DIR", "documents": "DOCUMENTS_DIR", "imports": "IMPORTS_DIR"}


class Place(Protocol):
    """Methods raise OSError where the place cannot be reached, and FileNotFoundError where there is no such file."""

    def write(self, name: str, content: bytes) -> None:
        """In place of any earlier file of this name."""

    def read(self, name: str) -> bytes: ...

    def open(self, name: str) -> tuple[IO[bytes], int]:
        """A stream and its size in bytes."""

    def remove(self, name: str) -> None:
        """Also where there is none."""

    def names_older_than(self, time_stamp: float) -> Iterator[str]:
        """Of files last written before it."""

    def remove_stumps(self, older_than: float) -> int:
        """What killed processes have left half written. Returns how many."""

    def path_of(self, name: str) -> Path | None: ...


class Folder:
    def __init__(self, root: Path) -> None:
        self.root = root

    def path_of(self, name: str) -> Path:
        return self.root / name

    def write(self, name: str, content: bytes) -> None:
        files.write_whole(self.path_of(name), content)

    def read(self, name: str) -> bytes:
        return self.path_of(name).read_bytes()

    def open(self, name: str) -> tuple[IO[bytes], int]:
        path = self.path_of(name)
        return path.open("rb"), path.stat().st_size

    def remove(self, name: str) -> None:
        self.path_of(name).unlink(missing_ok=True)

    def names_older_than(self, time_stamp: float) -> Iterator[str]:
        for path in self.root.glob("*/*"):
            if path.stat().st_mtime < time_stamp:
                yield path.relative_to(self.root).as_posix()

    def remove_stumps(self, older_than: float) -> int:
        return files.remove_stumps(self.root, older_than)


def place_of(kind: str) -> Place:
    """`kind` is evidence, documents or imports."""
    if settings.BUCKET:
        from stakeholders.buckets import Bucket  # its library is not installed everywhere

        return Bucket(settings.BUCKET, kind)
    return Folder(Path(getattr(settings, FOLDERS[kind])))
