"""Where evidence lies: under random names that say nothing, outside of everything the web server hands out itself."""

import secrets
from collections.abc import Container

from stakeholders.places import Place, place_of


def place() -> Place:
    return place_of("evidence")


def store(content: bytes) -> str:
    """Keep a file and return the name it lies under. Raises OSError, leaving no stump."""
    key = secrets.token_hex(16)
    name = f"{key[:2]}/{key}"
    place().write(name, content)
    return name


def put_back(name: str, content: bytes) -> None:
    """A file out of a backup, under the name it had. Raises OSError, leaving no stump."""
    place().write(name, content)


def read(name: str) -> bytes:
    """The whole content. Raises OSError."""
    return place().read(name)


def remove(name: str) -> None:
    place().remove(name)


def remove_unclaimed(known: Container[str], *, older_than: float) -> int:
    """Delete files no row names and stumps, last touched before this time stamp: their process died before its end."""
    here = place()
    removed = here.remove_stumps(older_than)
    for name in list(here.names_older_than(older_than)):
        if name not in known:
            here.remove(name)
            removed += 1
    return removed
