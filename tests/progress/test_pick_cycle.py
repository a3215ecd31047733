"""An officer turns to an earlier cycle: tabs lead to the newest four, a list to every other."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from progress import actions
from tests import factories
from tests.conftest import World

PAGES = ["/en/review/board/", "/en/review/reminders/sent/", "/en/reports/compile/"]


def past_quarters(n: int) -> None:
    for back in range(1, n + 1):
        year, quarter = divmod(2026 * 4 + 3 - back, 4)
        at = datetime(year, quarter * 3 + 1, 5, tzinfo=UTC)
        cycle = factories.open_cycle(year, quarter + 1, at=at)
        actions.close_cycle(cycle=cycle, actor=None, at=at)


def tabs(page: str) -> list[str]:
    nav = page.split('aria-label="Cycles"')[1].split("</nav>")[0]
    return [part.split('"')[0].split("&")[0] for part in nav.split("?cycle=")[1:]]


@pytest.mark.parametrize("path", PAGES)
def test_few_cycles_are_tabs_and_nothing_else(world: World, as_dana: Client, path: str) -> None:
    past_quarters(2)
    page = as_dana.get(path).content.decode()
    assert tabs(page) == ["2026-q4", "2026-q3", "2026-q2"]
    assert '<option value="2026-q3"' not in page


@pytest.mark.parametrize("path", PAGES)
def test_many_cycles_can_all_be_chosen(world: World, as_dana: Client, path: str) -> None:
    past_quarters(7)
    page = as_dana.get(path).content.decode()
    assert tabs(page) == ["2026-q4", "2026-q3", "2026-q2", "2026-q1"]
    assert '<option value="2025-q1">First quarter of 2025</option>' in page
    chosen = as_dana.get(path, {"cycle": "2025-q1"}).content.decode()
    assert tabs(chosen) == ["2026-q4", "2026-q3", "2026-q2", "2025-q1"]
    assert '<option value="2025-q1" selected>First quarter of 2025</option>' in chosen
    assert as_dana.get(path, {"cycle": "2019-q1"}).status_code == 404


def test_the_grouping_stays_while_the_cycle_changes(world: World, as_dana: Client) -> None:
    past_quarters(7)
    page = as_dana.get("/en/review/board/?by=stakeholder").content.decode()
    assert '<input type="hidden" name="by" value="stakeholder">' in page
    assert 'href="?cycle=2026-q3&amp;by=stakeholder"' in page
