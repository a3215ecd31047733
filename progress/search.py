"""Which published versions hold the words somebody looks for: the same ones on every database, the newest first.

What may be filtered by stands among a version's words as marks, so that the database's full-text index answers words
and filters together, in one way, whatever their number. Marks name only what never changes of a version.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from progress.models import UpdateVersion
from stakeholders.folding import Term, words_of

PK_BITS = 31
SQLITE = """
    SELECT rowid FROM progress_publishedwords_index
    WHERE progress_publishedwords_index MATCH %s ORDER BY rowid DESC LIMIT %s
"""
POSTGRESQL = """
    SELECT place FROM progress_publishedwords WHERE lexemes @@ %(match)s::tsquery
    ORDER BY place DESC LIMIT %(limit)s
"""
# PostgreSQL reads every match to find the newest of them. So it is asked for the recent ones first, and comes to the
# others only if those are too few: common words cost what a few cycles hold of them, however many there were.
POSTGRESQL_RECENT_FIRST = """
    (SELECT place FROM progress_publishedwords WHERE lexemes @@ %(match)s::tsquery AND place >= %(since)s
     ORDER BY place DESC LIMIT %(limit)s)
    UNION ALL
    (SELECT place FROM progress_publishedwords WHERE lexemes @@ %(match)s::tsquery AND place < %(since)s
     ORDER BY place DESC LIMIT %(limit)s)
    LIMIT %(limit)s
"""


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
    return beginning_of(version.published_at) | int(version.pk)


def beginning_of(moment: datetime) -> int:
    """The place before all that were published in that second or later."""
    return int(moment.timestamp()) << PK_BITS


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


def published_with(terms: list[Term], narrowing: Narrowing, *, limit: int, recent: datetime | None = None) -> list[int]:
    """Ids of the newest published versions that hold every term, at most so many.

    Where there are many cycles, `recent` is a moment a few of them ago: it changes no answer, only where the database
    looks first.
    """
    marks = narrowing.marks
    if not all(marks):
        return []
    if connection.vendor == "postgresql":
        asked: Any = {"match": _tsquery(terms, marks), "limit": limit}
        statement = POSTGRESQL
        if recent:
            statement, asked["since"] = POSTGRESQL_RECENT_FIRST, beginning_of(recent)
    else:
        statement, asked = SQLITE, [_fts5(terms, marks), limit]
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
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
