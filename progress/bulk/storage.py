"""Where files lie from the moment they are sent until their import is over."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stakeholders.places import Place, place_of


def place() -> Place:
    return place_of("imports")


def store(content: bytes) -> str:
    """The name it lies under. Raises OSError, leaving no stump."""
    name = secrets.token_hex(16)
    place().write(_in_its_folder(name), content)
    return name


@contextmanager
def as_path(name: str) -> Iterator[Path]:
    """Where it can be read; a copy, where it lies in a bucket. Raises OSError."""
    here = place()
    if path := here.path_of(_in_its_folder(name)):
        yield path
        return
    with tempfile.NamedTemporaryFile(prefix="a4p-import-") as copy:
        copy.write(here.read(_in_its_folder(name)))
        copy.flush()
        yield Path(copy.name)


def remove(name: str) -> None:
    place().remove(_in_its_folder(name))


def remove_unclaimed(known: set[str], older_than: float) -> int:
    """Delete files no import waits for any more, last touched before this time stamp. Returns how many."""
    here = place()
    unclaimed = [name for name in here.names_older_than(older_than) if name.rpartition("/")[2] not in known]
    for name in unclaimed:
        here.remove(name)
    return len(unclaimed)


def _in_its_folder(name: str) -> str:
    return f"{name[:2]}/{name}"
