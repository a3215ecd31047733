"""Files on disk. One is complete or absent, never a stump: written aside, synced, then renamed."""

import hashlib
import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in place of any earlier one. Raises OSError, leaving no stump."""
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


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def remove_stumps(folder: Path, older_than: float) -> int:
    """Delete temporary files a killed process left in the folder's folders, last touched before this time stamp."""
    removed = 0
    for stump in folder.glob("*/.part-*"):
        if stump.stat().st_mtime < older_than:
            stump.unlink(missing_ok=True)
            removed += 1
    return removed
