"""Where evidence lies: under random names that say nothing, outside of everything the web server hands out itself."""

import secrets
from collections.abc import Container
from pathlib import Path

from django.conf import settings

from stakeholders import files


def store(content: bytes) -> str:
    """Keep a file and return the name it lies under. Raises OSError, leaving no stump."""
    key = secrets.token_hex(16)
    name = f"{key[:2]}/{key}"
    files.write_whole(path_of(name), content)
    return name


def path_of(name: str) -> Path:
    return Path(settings.EVIDENCE_DIR) / name


def read(name: str) -> bytes:
    """The whole content. Raises OSError."""
    return path_of(name).read_bytes()


def put_back(name: str, content: bytes) -> None:
    """A file out of a backup, under the name it had. Raises OSError, leaving no stump."""
    files.write_whole(path_of(name), content)


def remove(name: str) -> None:
    path_of(name).unlink(missing_ok=True)


def remove_unclaimed(known: Container[str], *, older_than: float) -> int:
    """Delete files no row names and stumps, last touched before this time stamp: their process died before its end."""
    folder = Path(settings.EVIDENCE_DIR)
    removed = files.remove_stumps(folder, older_than)
    for path in folder.glob("*/*"):
        if str(path.relative_to(folder)) not in known and path.stat().st_mtime < older_than:
            path.unlink(missing_ok=True)
            removed += 1
    return removed
