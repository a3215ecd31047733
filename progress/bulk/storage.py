"""Where files lie from the moment they are sent until their import is over."""

import secrets
from pathlib import Path

from django.conf import settings

from stakeholders import files


def store(content: bytes) -> str:
    """The name it lies under. Raises OSError, leaving no stump."""
    name = secrets.token_hex(16)
    files.write_whole(path_of(name), content)
    return name


def path_of(name: str) -> Path:
    return Path(settings.IMPORTS_DIR) / name[:2] / name


def remove(name: str) -> None:
    path_of(name).unlink(missing_ok=True)


def remove_unclaimed(known: set[str], older_than: float) -> int:
    """Delete files no import waits for any more, last touched before this time stamp. Returns how many."""
    removed = 0
    for path in Path(settings.IMPORTS_DIR).glob("*/*"):
        if path.name not in known and path.stat().st_mtime < older_than:
            path.unlink(missing_ok=True)
            removed += 1
    return removed
