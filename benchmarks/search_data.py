"""350,000 published updates for benchmarks/search.py: forty cycles, every commitment, invented stakeholders.

Texts are drawn from a pool made of the catalogue's own words, the frequent ones often and the rare ones seldom, so that
a word is as frequent among the updates as it would be among as many different texts. Rows go in as fast as each
database takes them; a sample is then compared with what the actions would have written.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from django.db import connection, transaction

from commitments.models import Commitment
from progress.generated.texts import vocabulary
from progress.models import Cycle, CycleState, PublishedWords, Status, UpdateVersion
from progress.search import mark, place_of, words_for
from stakeholders.folding import words_of
from stakeholders.languages import CODES, LANGUAGES
from stakeholders.models import Stakeholder

SEED = 2018
FIRST_YEAR, CYCLES = 2018, 40
POOL = 1_500
WORDS = {"zh-hans": 8}  # clauses
WORDS_ELSEWHERE = 45
RARE, EVERY = "quokka", 35_000
SAMPLE = 300
INDEX = "published_words_lexemes"


def generate(updates: int) -> None:
    chance = random.Random(SEED)  # noqa: S311 - the same texts every time
    commitments = list(Commitment.objects.current())
    stakeholders = _stakeholders(-(-updates // (len(commitments) * CYCLES)))
    cycles = [_cycle(n) for n in range(CYCLES)]
    triples = [(c.pk, what.pk, who.pk) for c in cycles for who in stakeholders for what in commitments][:updates]
    ends = {c.pk: datetime(c.due_on.year, c.due_on.month, c.due_on.day, tzinfo=UTC) for c in cycles}
    assigned = [(n, *triple, "expected", ends[triple[0]].date()) for n, triple in enumerate(triples, start=1)]
    _insert("progress_assignment", "id cycle_id commitment_id stakeholder_id kind asked_on", assigned)
    moments = (ends[triple[0]] + timedelta(seconds=n) for n, triple in enumerate(triples, start=1))
    rows = [(n, n, "published", 1, at) for n, at in enumerate(moments, start=1)]
    _insert("progress_update", "id assignment_id state version changed_at", rows)
    _texts(triples, [row[-1] for row in rows], chance)
    _finish()
    _compare(chance, updates)


def _cycle(n: int) -> Cycle:
    cycle = Cycle.for_quarter(FIRST_YEAR + n // 4, n % 4 + 1)
    cycle.state = CycleState.CLOSED
    cycle.save()
    return cycle


def _stakeholders(n: int) -> list[Stakeholder]:
    made = []
    for i in range(1, n + 1):
        names = {f"name_{language.column}": f"Invented State {i:03} ({language.code})" for language in LANGUAGES}
        made.append(Stakeholder(code=f"invented-{i:03}", kind="member_state", is_demonstration=True, **names))
    return Stakeholder.objects.bulk_create(made)


def _pool(chance: random.Random) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Texts by language with their folded words."""
    pool = {}
    for code, known in vocabulary().items():
        chance.shuffle(known)
        weights = list(accumulate(1 / (rank + 5) for rank in range(len(known))))
        glue, size = ("，", WORDS[code]) if code in WORDS else (" ", WORDS_ELSEWHERE)
        texts = [glue.join(chance.choices(known, cum_weights=weights, k=size)) + "." for _n in range(POOL)]
        pool[code] = [(text, frozenset(words_of(text))) for text in texts]
    return pool


def _texts(triples: list[tuple[int, int, int]], moments: list[datetime], chance: random.Random) -> None:
    """Each update in its own language and in one translation, and what search keeps of both."""
    pool, statuses = _pool(chance), Status.values
    versions, translations, kept = [], [], []
    for n, ((cycle, commitment, who), at) in enumerate(zip(triples, moments, strict=True), start=1):
        own, other = CODES[n % 6], CODES[(n + 1 + n // 6 % 5) % 6]
        (text, words), (translated, more) = chance.choice(pool[own]), chance.choice(pool[other])
        status, sources = chance.choice(statuses), f"A/{n}" + (f" {RARE}" if n % EVERY == 0 else "")
        versions.append((n, n, 1, False, at, own, status, text, "", "", sources, at, at))
        translations.append((n, n, other, translated, "", "", sources, "signed", at))
        marks = {mark("status", status), mark("cycle", cycle), mark("stakeholder", who), mark("commitment", commitment)}
        place = place_of(UpdateVersion(pk=n, published_at=at))
        kept.append((place, n, " ".join(sorted(words | more | marks | words_of(sources)))))
    _insert(
        "progress_updateversion",
        "id update_id number from_published_source created_at language status narrative obstacles next_steps sources "
        "submitted_at published_at",
        versions,
    )
    _insert(
        "progress_updatetranslation",
        "id version_id language narrative obstacles next_steps sources state created_at",
        translations,
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX {INDEX}")
    _insert("progress_publishedwords", "place version_id words", kept)


def _insert(table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    names = columns.split()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(names))
            statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - our own names
            cursor.executemany(statement, _as_stored(rows))


def _as_stored(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """SQLite keeps moments without their zone, which is UTC."""
    for row in rows:
        yield tuple(v.replace(tzinfo=None).isoformat(" ") if isinstance(v, datetime) else v for v in row)


def _finish() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SET maintenance_work_mem = '256MB'")
            cursor.execute(f"CREATE INDEX {INDEX} ON progress_publishedwords USING gin (lexemes)")
        cursor.execute("ANALYZE")


def _compare(chance: random.Random, updates: int) -> None:
    """What was put in is what the actions would have written."""
    ids = chance.sample(range(1, updates + 1), min(SAMPLE, updates))
    versions = UpdateVersion.objects.published().filter(pk__in=ids).select_related("update__assignment")
    stored = dict(PublishedWords.objects.filter(version__in=ids).values_list("version_id", "words"))
    for version in versions.prefetch_related("translations"):
        assert stored[version.pk] == words_for(version, version.translations.all())
