"""Where documents lie. A file is complete or absent, never a stump: written aside, synced, then renamed."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class StoredFile:
    """`name` is relative to the documents folder, `size` in bytes."""

    name: str
    size: int
    sha256: str


def store(name: str, content: bytes) -> StoredFile:
    """Write a document under its name, in place of any earlier one. Raises OSError, leaving no stump."""
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as stream:
            os.fchmod(stream.fileno(), 0o640)  # a proxy of the same group may hand the file out
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return StoredFile(name, len(content), digest(content))


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def path_of(name: str) -> Path:
    return Path(settings.DOCUMENTS_DIR) / name


def remove_stumps(older_than: float) -> int:
    """Delete temporary files a killed worker left behind, last touched before this time stamp."""
    removed = 0
    for stump in Path(settings.DOCUMENTS_DIR).glob("*/.part-*"):
        if stump.stat().st_mtime < older_than:
            stump.unlink(missing_ok=True)
            removed += 1
    return removed
