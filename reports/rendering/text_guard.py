"""Makes any text safe to typeset: NFC, nothing invisible that steers, nothing no bundled font can draw."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from fontTools.ttLib import TTFont

from reports.rendering.fonts import FONT_FILES

REPLACEMENT = "\u25a1"
KEPT_INVISIBLES = frozenset("\n\t\u00ad\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\u00a0\u202f")
DROPPED = ("Cc", "Cf", "Cs", "Cn", "Co")


@cache
def harmless() -> frozenset[str]:
    """Every character some bundled font draws, and the invisible ones worth keeping."""
    points: set[int] = set()
    for path in FONT_FILES:
        with TTFont(path, lazy=True) as font:
            points.update(font.getBestCmap())
    drawn = {chr(point) for point in points if unicodedata.category(chr(point)) not in DROPPED}
    return frozenset(drawn | KEPT_INVISIBLES)


@cache
def _strangers() -> re.Pattern[str]:
    """Finds a character that is not harmless. An expression of ranges is searched far faster than a set is asked."""
    ranges: list[tuple[int, int]] = []
    for point in sorted(map(ord, harmless())):
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], point)
        else:
            ranges.append((point, point))
    return re.compile("[^" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges) + "]")


def guard(text: str) -> str:
    """Drop what may not be printed, put an empty box where no font has the character."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if not _strangers().search(text):
        return text
    kept = harmless()
    return "".join(c if c in kept else REPLACEMENT for c in text if c in kept or not _is_dropped(c))


def without_controls(text: str) -> str:
    """For formats that bring no fonts: drop what steers and what their containers cannot hold."""
    if text.isprintable():
        return text
    dropped = {ord(c) for c in set(text) - KEPT_INVISIBLES if not c.isprintable() and _is_dropped(c)}
    return text.translate(dict.fromkeys(dropped)) if dropped else text


def _is_dropped(character: str) -> bool:
    return unicodedata.category(character) in DROPPED


def guarded(value: Any) -> Any:
    """Dataclasses, dicts, lists and tuples as plain dicts and lists, every string guarded."""
    if isinstance(value, str):
        return guard(value)
    if names := getattr(value, "__dataclass_fields__", None):  # fields() would make a tuple each time
        return {name: guarded(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {key: guarded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [guarded(item) for item in value]
    return value


def count_replaced(texts: Iterable[str]) -> int:
    """How many characters of all the texts would become an empty box."""
    strange = _strangers()
    found = (text for text in texts if strange.search(text))
    return sum(c not in harmless() and not _is_dropped(c) for text in found for c in unicodedata.normalize("NFC", text))
