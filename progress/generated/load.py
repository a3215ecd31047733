"""The whole load, in one transaction: all of it or nothing."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, models, transaction

from progress import actions
from progress.actions.tallying import count_again
from progress.generated.assessing import SHARE, Assessor
from progress.generated.cast import Cast, make_cast
from progress.generated.copying import go_on_counting
from progress.generated.plan import Plan, at
from progress.generated.rows import NUMBERED, Rows
from progress.generated.stories import CLOSED, CLOSED_LAST, OPEN, Storyteller
from progress.generated.texts import Texts
from progress.models import Assignment, Cycle
from stakeholders.models import Mail, Stakeholder, User

INDEX = "published_words_lexemes"
ANSWERS_FROM, HALF_WAY = timedelta(days=17), timedelta(days=38)  # the cycle before has closed by the first
ANALYZED_EVERY = 8
FULL_POOL = 8  # cycles from which on the texts are as many as they ever are
UNHURRIED = (
    "statement_timeout = 0",
    "idle_in_transaction_session_timeout = 0",
    "synchronous_commit = off",
    "maintenance_work_mem = '512MB'",
)
ON_RECORD = (Stakeholder, User, Cycle, Mail)
STORIES = {0: OPEN, 1: CLOSED_LAST}
Closed = Callable[[Cycle, datetime], None]
Told = Callable[[str], None]


class NotEmpty(Exception):
    """The database holds something already; the message says what."""


def require_empty() -> None:
    """A load stands alone: nothing invented is mixed with what somebody has entered. Raises NotEmpty.

    The catalogue may be there: it is the same everywhere.
    """
    held = {model: model._default_manager.count() for model in ON_RECORD}
    if found := [f"{n} {model._meta.verbose_name_plural}" for model, n in held.items() if n]:
        raise NotEmpty(", ".join(found))


def generate(plan: Plan, *, after_closing: Closed, tell: Told) -> None:
    """Fill a database that holds the catalogue and nothing else. `after_closing` is what else a closing brings about.

    Raises NotEmpty.
    """
    with transaction.atomic():
        require_empty()
        with _written_fast():
            _Load(plan, tell).make(after_closing)
        with connection.cursor() as cursor:  # before the commit, while no statement is too long
            cursor.execute("ANALYZE")


class _Load:
    def __init__(self, plan: Plan, tell: Told) -> None:
        self._plan, self._tell = plan, tell
        self._chance = random.Random(plan.seed)  # noqa: S311 - the same load every time
        self._cast: Cast = make_cast(plan, self._chance)
        texts = Texts(self._chance, share=min(1.0, plan.cycles / FULL_POOL))
        self._rows = Rows()
        self._stories = Storyteller(self._rows, texts, self._cast, self._chance)
        self._assessor = Assessor(self._rows, texts, self._cast, self._chance)

    def make(self, after_closing: Closed) -> None:
        quarters = self._plan.quarters()
        before: Cycle | None = None
        for n, (year, quarter) in enumerate(quarters):
            cycle = self._open(year, quarter)
            if before is not None:
                self._close(before, after_closing)
            self._answer(cycle, after=len(quarters) - 1 - n)
            if n % ANALYZED_EVERY == 0:
                _analyze()
            before = cycle

    def _open(self, year: int, quarter: int) -> Cycle:
        opens = at(Cycle.for_quarter(year, quarter).opens_on, 0)
        cycle = actions.plan_cycle(year=year, quarter=quarter, actor=None, at=opens)
        actions.open_cycle(cycle=cycle, actor=None, at=opens)
        return cycle

    def _close(self, cycle: Cycle, after_closing: Closed) -> None:
        closes = at(cycle.closes_on + timedelta(days=1), 0)
        actions.close_cycle(cycle=cycle, actor=None, at=closes)
        after_closing(cycle, closes)

    def _answer(self, cycle: Cycle, *, after: int) -> None:
        """`after` this cycle so many more are made."""
        is_open, opened = after == 0, at(cycle.opens_on)
        since, until = opened + ANSWERS_FROM, opened + HALF_WAY if is_open else at(cycle.due_on, 20)
        stories = STORIES.get(after, CLOSED)
        kinds, weights = list(stories), list(stories.values())
        asked = Assignment.objects.filter(cycle=cycle).select_related("cycle").order_by("pk")
        for assignment in asked:
            story = self._chance.choices(kinds, weights=weights)[0]
            if story:
                self._stories.tell(assignment, story, since, until)
            if not is_open and self._chance.random() < SHARE:
                self._assessor.assess(assignment, is_silent="s" not in story, until=until)
        stored = self._rows.store()
        go_on_counting(*NUMBERED)
        count_again(cycle)
        self._tell(f"{cycle.key}: {len(asked)} assignments, {stored} rows about them")


@contextmanager
def _written_fast() -> Iterator[None]:
    """The full-text index is made once at the end, and no statement is too long. SQLite needs neither."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        for setting in UNHURRIED:
            cursor.execute(f"SET LOCAL {setting}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # checked table by table, not all at the end from memory
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [INDEX])
        (definition,) = cursor.fetchone()
        cursor.execute(f"DROP INDEX {INDEX}")
        yield
        cursor.execute(definition)


def _analyze() -> None:
    """So that counting a cycle is planned from what the tables hold by now."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def counts(*tables: type[models.Model]) -> dict[str, int]:
    return {str(model._meta.verbose_name_plural): model._default_manager.count() for model in tables}
