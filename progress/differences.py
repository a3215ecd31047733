"""What changed from one text to another, word by word; in Chinese, character by character."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from progress.models import UpdateVersion
from stakeholders.languages import Language, get_language

# A word with what follows it up to the next; a Chinese character stands for itself.
TOKENS = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+\s*|\s+")
MOST_TOKENS = 4_000  # comparing longer texts would keep the reader waiting

SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True)
class Piece:
    kind: str
    text: str


def differences(before: str, now: str) -> list[Piece]:
    """The pieces of both texts in reading order, what was removed before what stands in its place."""
    old, new = TOKENS.findall(before), TOKENS.findall(now)
    if max(len(old), len(new)) > MOST_TOKENS:
        return [Piece(REMOVED, before), Piece(ADDED, now)]
    pieces = []
    matcher = SequenceMatcher(a=[t.strip() for t in old], b=[t.strip() for t in new])
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, "".join(new[c:d])))
            continue
        if a < b:
            pieces.append(Piece(REMOVED, "".join(old[a:b])))
        if c < d:
            pieces.append(Piece(ADDED, "".join(new[c:d])))
    return pieces


@dataclass(frozen=True)
class ComparedPart:
    heading: str
    pieces: list[Piece]
    language: Language

    @property
    def has_changed(self) -> bool:
        return any(piece.kind != SAME for piece in self.pieces)


def compared_texts(headed: Iterable[tuple[str, str, str]], language: Language) -> list[ComparedPart]:
    """(heading, before, now) of texts in one language, without those that are empty on both sides."""
    return [ComparedPart(heading, differences(old, new), language) for heading, old, new in headed if old or new]


def compared(version: UpdateVersion, before: UpdateVersion | None) -> list[ComparedPart]:
    """Each part of the text with what changed marked; nothing where the languages differ or nothing stood before."""
    if before is None or before.language != version.language:
        return []
    headed = ((heading, getattr(before, name), getattr(version, name)) for name, heading in version.headings.items())
    return compared_texts(headed, get_language(version.language))
