"""Makes any text safe to typeset: NFC, nothing invisible that steers, nothing no bundled font can draw."""

import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from reports.rendering.fonts import FONT_FILES

REPLACEMENT = "\u25a1"
KEPT_INVISIBLES = frozenset("\n\t\u00ad\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\u00a0\u202f")
DROPPED = ("Cc", "Cf", "Cs", "Cn", "Co")


@cache
def covered() -> frozenset[int]:
    """Every code point some bundled font draws."""
    points: set[int] = set()
    for path in FONT_FILES:
        with TTFont(path, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)


def guard(text: str) -> str:
    """Drop what may not be printed, put an empty box where no font has the character."""
    kept = []
    for character in unicodedata.normalize("NFC", text):
        if character in KEPT_INVISIBLES:
            kept.append(character)
        elif unicodedata.category(character) in DROPPED:
            continue
        else:
            kept.append(character if ord(character) in covered() else REPLACEMENT)
    return "".join(kept)


def guard_all(value: object) -> object:
    """Every string of a nested structure of dicts, lists and tuples, guarded."""
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, dict):
        return {key: guard_all(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [guard_all(item) for item in value]
    return value
