"""Where documents lie."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from stakeholders import files
from stakeholders.files import digest


@dataclass(frozen=True)
class StoredFile:
    """`name` is relative to the documents folder, `size` in bytes."""

    name: str
    size: int
    sha256: str


def store(name: str, content: bytes) -> StoredFile:
    """Write a document under its name, in place of any earlier one. Raises OSError, leaving no stump."""
    files.write_whole(path_of(name), content)
    return StoredFile(name, len(content), digest(content))


def path_of(name: str) -> Path:
    return Path(settings.DOCUMENTS_DIR) / name


def read(name: str) -> bytes:
    """The whole content. Raises OSError."""
    return path_of(name).read_bytes()


def remove(name: str) -> None:
    path_of(name).unlink(missing_ok=True)


def remove_stumps(older_than: float) -> int:
    """Delete temporary files a killed worker left behind, last touched before this time stamp."""
    return files.remove_stumps(Path(settings.DOCUMENTS_DIR), older_than)
