"""The files of a backup: those that a row names. Others belong to a process that died, and are swept away in time."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from django.db.models import QuerySet

from progress import storage as evidence
from progress.models import Evidence
from reports import storage as documents
from reports.models import Document
from stakeholders.files import digest

FILES_AT_ONCE = 1_000


@dataclass(frozen=True)
class FileEntry:
    """A file as its row describes it; `size` in bytes."""

    store: str
    name: str
    size: int
    sha256: str

    @property
    def path(self) -> str:
        """Its name in the archive and in messages."""
        return f"{self.store}/{self.name}"

    def as_json(self) -> dict[str, str | int]:
        return asdict(self)


@dataclass(frozen=True)
class Store:
    name: str
    claimed: Callable[[str], Iterator[tuple[str, int, str]]]
    read: Callable[[str], bytes]
    write: Callable[[str, bytes], object]
    remove: Callable[[str], None]

    def entries(self, using: str) -> Iterator[FileEntry]:
        """What the rows name, in the order of the names."""
        for name, size, sha256 in self.claimed(using):
            yield FileEntry(self.name, name, size, sha256)


def _evidence(using: str) -> Iterator[tuple[str, int, str]]:
    rows: QuerySet[Evidence] = QuerySet(Evidence, using=using).exclude(stored_as="").order_by("stored_as")
    return rows.values_list("stored_as", "size", "sha256").iterator(chunk_size=FILES_AT_ONCE)


def _documents(using: str) -> Iterator[tuple[str, int, str]]:
    rows: QuerySet[Document] = QuerySet(Document, using=using).exclude(file="").order_by("file")
    for name, size, sha256 in rows.values_list("file", "size", "sha256").iterator(chunk_size=FILES_AT_ONCE):
        yield name, size or 0, sha256


STORES = {
    store.name: store
    for store in (
        Store("evidence", _evidence, evidence.read, evidence.put_back, evidence.remove),
        Store("documents", _documents, documents.read, documents.store, documents.remove),
    )
}


def look(entry: FileEntry) -> tuple[bytes, str]:
    """The content where it is the one the row describes; otherwise nothing, and what is wrong with it."""
    try:
        content = STORES[entry.store].read(entry.name)
    except FileNotFoundError:
        return b"", "is missing"
    except OSError as error:
        return b"", f"cannot be read ({error.strerror})"
    if digest(content) != entry.sha256:
        return b"", "is not the file that was stored"
    return content, ""
