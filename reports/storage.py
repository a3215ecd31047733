"""Where documents lie."""

from dataclasses import dataclass

from stakeholders.files import digest
from stakeholders.places import Place, place_of


@dataclass(frozen=True)
class StoredFile:
    """`name` is relative to the place of documents, `size` in bytes."""

    name: str
    size: int
    sha256: str


def place() -> Place:
    return place_of("documents")


def store(name: str, content: bytes) -> StoredFile:
    """Write a document under its name, in place of any earlier one. Raises OSError, leaving no stump."""
    place().write(name, content)
    return StoredFile(name, len(content), digest(content))


def read(name: str) -> bytes:
    """The whole content. Raises OSError."""
    return place().read(name)


def remove(name: str) -> None:
    place().remove(name)


def remove_stumps(older_than: float) -> int:
    """Delete temporary files a killed worker left behind, last touched before this time stamp."""
    return place().remove_stumps(older_than)
