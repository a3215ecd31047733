from dataclasses import dataclass


@dataclass(frozen=True)
class RenderedFile:
    """A finished file. `pages` is None for formats that have none."""

    content: bytes
    pages: int | None
