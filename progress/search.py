"""Which published versions hold the words somebody looks for: the same ones on every database, the newest first.

What may be filtered by stands among a version's words as marks, so that the database's full-text index answers words
and filters together, in one way, whatever their number. Marks name only what never changes of a version.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from progress.models import UpdateVersion
from stakeholders.folding import Term, words_of

PK_BITS = 31
SQLITE = """
    SELECT rowid FROM progress_publishedwords_index
    WHERE progress_publishedwords_index MATCH %s ORDER BY rowid DESC LIMIT %s
"""
POSTGRESQL = "SELECT place FROM progress_publishedwords WHERE lexemes @@ %s::tsquery ORDER BY place DESC LIMIT %s"


@dataclass(frozen=True)
class Narrowing:
    """Filters; None leaves everything. Of several commitments one is enough, and of none there are no updates."""

    status: str | None = None
    cycle: int | None = None
    stakeholder: int | None = None
    commitments: frozenset[int] | None = None

    @property
    def marks(self) -> list[list[str]]:
        """Of each list one mark must be among the words."""
        single = {"status": self.status, "cycle": self.cycle, "stakeholder": self.stakeholder}
        asked = [[mark(kind, value)] for kind, value in single.items() if value is not None]
        if self.commitments is not None:
            asked.append([mark("commitment", pk) for pk in sorted(self.commitments)])
        return asked


def mark(kind: str, value: str | int) -> str:
    """No word of a text has an equals sign, so nobody can type a mark."""
    return f"={kind}={value}"


def place_of(version: Any) -> int:
    """Where a version stands among the published: by the second it was published, then by its id."""
    assert version.pk < 1 << PK_BITS
    return (int(version.published_at.timestamp()) << PK_BITS) | int(version.pk)


def version_at(place: int) -> int:
    return place & ((1 << PK_BITS) - 1)


def words_for(version: Any, translations: Iterable[Any]) -> str:
    """All words of a version in every language it can be read in, and its marks."""
    texts = [getattr(part, field) for part in (version, *translations) for field in UpdateVersion.TEXTS]
    asked = version.update.assignment
    marks = {
        mark("status", version.status),
        mark("cycle", asked.cycle_id),
        mark("stakeholder", asked.stakeholder_id),
        mark("commitment", asked.commitment_id),
    }
    return " ".join(sorted(marks | words_of(*texts)))


def published_with(terms: list[Term], narrowing: Narrowing, *, limit: int) -> list[int]:
    """Ids of the newest published versions that hold every term, at most so many."""
    marks = narrowing.marks
    if not all(marks):
        return []
    is_postgresql = connection.vendor == "postgresql"
    match = _tsquery(terms, marks) if is_postgresql else _fts5(terms, marks)
    with connection.cursor() as cursor:
        cursor.execute(POSTGRESQL if is_postgresql else SQLITE, [match, limit])
        return [version_at(place) for (place,) in cursor.fetchall()]


def _fts5(terms: list[Term], marks: list[list[str]]) -> str:
    """Words hold letters, figures and points, marks also = and _; none a quotation mark."""
    asked = [f'"{term.word}"{"*" if term.is_beginning else ""}' for term in terms]
    asked += ["(" + " OR ".join(f'"{one}"' for one in several) + ")" for several in marks]
    return " AND ".join(asked)


def _tsquery(terms: list[Term], marks: list[list[str]]) -> str:
    asked = [f"'{term.word}'{':*' if term.is_beginning else ''}" for term in terms]
    asked += ["(" + " | ".join(f"'{one}'" for one in several) + ")" for several in marks]
    return " & ".join(asked)
