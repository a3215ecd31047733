"""What a page costs depends on one cycle, however many there were: docs/performance.md measures it, this holds it."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from progress import actions
from progress.models import UpdateVersion
from tests import factories
from tests.conftest import World, signed_in

BIG = "progress_(assignment|update|updateversion|updatetranslation|transition|publishedwords)|stakeholders_diaryentry"
PAGES = {
    "nobody": [
        "/en/",
        "/en/areas/test-a1/",
        "/en/commitments/",
        "/en/commitments/test-c001/",
        "/en/commitments/test-c001/history/",
        "/en/commitments/test-c001/feed.atom",
        "/en/stakeholders/state-alpha/",
        "/en/stakeholders/state-alpha/feed.atom",
        "/en/cycles/2026-q4/",
        "/en/cycles/2026-q4/figures/",
        "/en/versions/{version}/",
        "/en/search/?q=units",
        "/en/search/?q=units&stakeholder=state-alpha",
        "/en/reports/",
        "/en/?as_of=2026-11-10",
        "/en/commitments/test-c001/?as_of=2026-11-10",
        "/en/stakeholders/state-alpha/?as_of=2026-11-10",
        "/api/v1/commitments/",
    ],
    "alice": [
        "/en/desk/",
        "/en/desk/assignments/{task}/",
        "/en/updates/{update}/versions/",
        "/en/assessments/",
        "/api/v1/updates/",
        "/api/v1/me/assignments/",
    ],
    "dana": [
        "/en/review/",
        "/en/review/{update}/",
        "/en/review/board/",
        "/en/review/board/?by=stakeholder",
        "/en/review/cycles/",
        "/en/review/assessments/",
        "/en/reports/compile/",
    ],
}
EVERY_PAGE = [(who, path) for who, paths in PAGES.items() for path in paths]


def past_cycles(world: World, *, until: int, since: int = 0) -> None:
    """Closed cycles of the quarters before this one, each with answers of two stakeholders."""
    for n in range(since + 1, until + 1):
        year, quarter = divmod(2026 * 4 + 3 - n, 4)
        at = datetime(year, quarter * 3 + 1, 5, tzinfo=UTC)
        cycle = factories.open_cycle(year, quarter + 1, at=at)
        for who, author in ((world.alpha, world.alice), (world.beta, world.charlie)):
            task = factories.assignment(who, world.commitments["1.1"], cycle)
            factories.appointment(author, who, "author", since=at.date())
            factories.published(task, author, world.dana, at=at)
        actions.close_cycle(cycle=cycle, actor=None, at=at)


def this_cycle(world: World) -> dict[str, int]:
    waiting = factories.submitted(world.task("2.1"), world.alice)
    for who, author in ((world.alpha, world.alice), (world.beta, world.charlie)):
        factories.published(world.task("1.1", who), author, world.dana)
    factories.assessed(waiting.assignment, world.dana)
    version = UpdateVersion.objects.published().filter(update__assignment__cycle=world.cycle).order_by("pk")[0]
    return {"version": version.pk, "task": waiting.assignment_id, "update": waiting.pk}


def client_of(world: World, who: str) -> Client:
    return Client() if who == "nobody" else signed_in(getattr(world, who))


def queries_of(world: World, who: str, path: str) -> list[str]:
    client = client_of(world, who)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200, path
    return [query["sql"] for query in asked.captured_queries]


def test_no_page_asks_more_often_after_eight_cycles_than_after_two(world: World) -> None:
    rows = this_cycle(world)
    past_cycles(world, until=2)
    few = {path: len(queries_of(world, who, path.format(**rows))) for who, path in EVERY_PAGE}
    past_cycles(world, since=2, until=8)
    many = {path: len(queries_of(world, who, path.format(**rows))) for who, path in EVERY_PAGE}
    assert {path: (few[path], n) for path, n in many.items() if n > few[path]} == {}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the plans are those of PostgreSQL")
def test_every_big_table_is_reached_by_an_index(world: World) -> None:
    """With whole reads made as dear as can be, one is left only where no index would do."""
    rows = this_cycle(world)
    past_cycles(world, until=2)
    whole = []
    for who, path in EVERY_PAGE:
        for query in queries_of(world, who, path.format(**rows)):
            if query.startswith("SELECT"):
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL enable_seqscan = off")
                    cursor.execute(f"EXPLAIN {query}")
                    plan = "\n".join(line for (line,) in cursor.fetchall())
                    cursor.execute("SET LOCAL enable_seqscan = on")
                whole += [(path, found[0]) for found in re.finditer(rf"Seq Scan on ({BIG})\b", plan)]
    assert whole == []
