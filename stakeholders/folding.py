"""Words as search compares them: without case, accents, vowel signs and the other things people leave out.

The folded words are plain enough for every database to keep them as they are, so all of them find the same. Two ways
into the same words: `words_of` for a text that shall be found, `terms_of` for what somebody types.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

LONGEST_WORD = 64
LEAST_LETTERS_OF_A_BEGINNING = 3

HAN = "々〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
# Vowel signs, accents typed apart, soft hyphens and joiners stand inside words and part none.
INSIDE = "\u00ad\u0300-\u036f\u0483-\u0487\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u2060\ufeff"
APOSTROPHES = "'’ʼ"
WORD = re.compile(
    rf"(?P<han>[{HAN}]+)|(?:[^\W_{HAN}][{INSIDE}]*)+(?:[.](?=\d)(?:\d[{INSIDE}]*)+)*",
)
HAN_LETTER = re.compile(f"[{HAN}]")
NUMBERED = re.compile(r"\d+(?:[.]\d+)+")
LETTERS = re.compile(r"[^\W_]+(?:[.]\d+)*")

OWN_LETTERS = str.maketrans(
    {"й": "\ue000", "œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
    | {"ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ـ": ""}
)
GOES_ON = re.compile(rf"[^\w\s{APOSTROPHES}]\w")
ELIDED = re.compile("[cdjlmnst]|qu", re.IGNORECASE)
ARABIC_ARTICLE = re.compile("(?:[وفبك]?ال|و?لل)(?=.{3})")
ARABIC_PARTICLE = re.compile("[وفبكل](?=.{3})")
ARABIC = re.compile("[\u0621-\u064a]")


class Span(NamedTuple):
    """A word of a text with its place in it."""

    start: int
    end: int
    word: str
    is_han: bool = False


@dataclass(frozen=True)
class Term:
    """One word looked for; `is_beginning` when longer words that begin with it are meant as well."""

    word: str
    is_beginning: bool

    def matches(self, word: str) -> bool:
        return word.startswith(self.word) if self.is_beginning else word == self.word

    def is_in(self, words: str) -> bool:
        """Whether one of the words, parted and surrounded by spaces, is meant."""
        return (f" {self.word}" if self.is_beginning else f" {self.word} ") in words


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """One word without what search does not tell apart; й and the figures of every script stay what they are."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word).casefold()).translate(OWN_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) not in ("Mn", "Cf"))
    figures = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in bare)
    return figures.translate(OWN_LETTERS).replace("\ue000", "й")


def spans_of(text: str) -> Iterator[Span]:
    """The folded words of a text in their order; of Chinese every pair of characters, since nothing parts its words."""
    for found in WORD.finditer(text):
        start, end = found.span()
        if found.lastgroup == "han":
            for at in range(start, end):
                yield Span(at, min(at + 2, end), fold(text[at : min(at + 2, end)]), is_han=True)
        elif end - start > 2 or not _is_elided(found[0], text, start, end):
            for word in _plain(found[0]):
                yield Span(start, end, word)


@lru_cache(maxsize=50_000)
def _plain(word: str) -> tuple[str, ...]:
    """One written word as words to compare; a ligature may hold several."""
    return tuple(part[:LONGEST_WORD] for part in LETTERS.findall(fold(word)))


def _is_elided(word: str, text: str, start: int, end: int) -> bool:
    """The l of l'État and the s of the State's are no words anybody looks for."""
    if text[end : end + 1] and text[end] in APOSTROPHES and text[end + 1 : end + 2].isalpha():
        return ELIDED.fullmatch(word) is not None
    return start > 1 and text[start - 1] in APOSTROPHES and word in ("s", "S") and text[start - 2].isalpha()


@lru_cache(maxsize=50_000)
def forms_of(word: str) -> frozenset[str]:
    """The word, and what is found in it as well.

    Arabic words are found without article and particle, 1.2.3 by its parts, two Chinese characters by the first; the
    second begins the next pair.
    """
    forms = {word}
    if HAN_LETTER.match(word):
        forms.add(word[0])
    if NUMBERED.fullmatch(word):
        forms.update(word.split("."))
    if ARABIC.match(word):
        bare = {_without(prefix, word) for prefix in (ARABIC_ARTICLE, ARABIC_PARTICLE)}
        forms |= bare | {_without(ARABIC_ARTICLE, form) for form in bare}
    return frozenset(forms)


def _without(prefix: re.Pattern[str], word: str) -> str:
    found = prefix.match(word)
    return word[found.end() :] if found else word


def words_of(*texts: str) -> set[str]:
    """Every word by which these texts shall be found."""
    return {form for text in texts for span in spans_of(text) for form in forms_of(span.word)}


def terms_of(typed: str) -> list[Term]:
    """What somebody looks for: words to be found all of them, in the order typed, each once.

    Figures and words of one or two letters mean themselves; longer ones every word that begins so, but inside of what
    is written in one, as in A/RES/72/19 or peace-building, where only the last may go on. The Arabic article is not
    looked for.
    """
    spans = list(spans_of(typed))
    # The last character of a longer Chinese run stands in its last pair already.
    covered = {span.end for span in spans if span.is_han and span.end - span.start > 1}
    kept = [span for span in spans if not (span.is_han and span.end - span.start == 1 and span.end in covered)]
    return list(dict.fromkeys(_term(span, goes_on=GOES_ON.match(typed, span.end) is not None) for span in kept))


def _term(span: Span, *, goes_on: bool) -> Term:
    if span.is_han:
        return Term(span.word, is_beginning=False)
    word = _without(ARABIC_ARTICLE, span.word)
    is_figure = word.replace(".", "").isdigit()
    return Term(word, not (is_figure or goes_on) and len(word) >= LEAST_LETTERS_OF_A_BEGINNING)
