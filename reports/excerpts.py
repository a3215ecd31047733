"""The part of a text in which the words looked for stand, with each of them marked."""

from collections.abc import Iterable
from dataclasses import dataclass

from stakeholders.folding import Span, Term, forms_of, spans_of
from stakeholders.languages import Language

LENGTH = 240
BEFORE = 60


@dataclass(frozen=True)
class Piece:
    text: str
    is_marked: bool


@dataclass(frozen=True)
class Excerpt:
    """Consecutive pieces of one text; `found` of the terms stand in it."""

    language: Language
    pieces: list[Piece]
    found: int

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def excerpt_of(texts: Iterable[tuple[Language, str]], terms: list[Term]) -> Excerpt | None:
    """From the text that holds most of the terms, the first of equals; None where there is no text."""
    best: tuple[int, Language, str] | None = None
    for language, text in texts:
        if text and (best is None or (found := _number_found(text, terms)) > best[0]):
            found = _number_found(text, terms) if best is None else found
            best = (found, language, text)
            if found == len(terms):
                break
    if best is None:
        return None
    found, language, text = best
    start, end = _window(text, terms)
    return Excerpt(language, [*_edge(start > 0), *marked(text[start:end], terms), *_edge(end < len(text))], found)


def marked(text: str, terms: list[Term]) -> list[Piece]:
    """The whole text in pieces, the words looked for apart."""
    pieces, at = [], 0
    for start, end in _joined(place for span in spans_of(text) if (place := _meant(span, terms))):
        if start > at:
            pieces.append(Piece(text[at:start], False))
        pieces.append(Piece(text[start:end], True))
        at = end
    return [*pieces, Piece(text[at:], False)] if at < len(text) else pieces


def _meant(span: Span, terms: list[Term]) -> tuple[int, int] | None:
    """Where the word looked for stands in the span: all of it, or one of two Chinese characters."""
    forms = forms_of(span.word)
    found = [term for term in terms if any(term.matches(form) for form in forms)]
    if not found:
        return None
    is_single = span.is_han and all(len(term.word) == 1 for term in found)
    return span.start, span.start + 1 if is_single else span.end


def _number_found(text: str, terms: list[Term]) -> int:
    missing = set(terms)
    for span in spans_of(text):
        forms = forms_of(span.word)
        missing -= {term for term in missing if any(term.matches(form) for form in forms)}
        if not missing:
            break
    return len(terms) - len(missing)


def _joined(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs of Chinese characters overlap; what touches is one mark."""
    places: list[tuple[int, int]] = []
    for start, end in found:
        if places and start <= places[-1][1]:
            places[-1] = (places[-1][0], max(places[-1][1], end))
        else:
            places.append((start, end))
    return places


def _window(text: str, terms: list[Term]) -> tuple[int, int]:
    """Where the excerpt begins and ends: round the first word looked for, and between words. Short texts stay whole."""
    if len(text) <= LENGTH:
        return 0, len(text)
    first = next((span for span in spans_of(text) if _meant(span, terms)), None)
    start = max(0, first.start - BEFORE) if first else 0
    if start:
        start = next((at + 1 for at in range(start, first.start if first else start) if text[at].isspace()), start)
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = next((at for at in range(end, end - BEFORE, -1) if text[at].isspace()), end)
    return start, end


def _edge(is_cut: bool) -> list[Piece]:
    return [Piece("…", False)] if is_cut else []
