"""When a cycle closes, the clock compiles its review: once, however many clocks there are."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from progress import actions as progress_actions
from reports import actions
from reports.models import Occasion, Report
from reports.tasks import compile_at_closing
from stakeholders.models import DiaryEntry
from tests import factories
from tests.conftest import World


def test_the_review_of_a_closed_cycle_is_ordered_by_the_clock(world: World) -> None:
    assert compile_at_closing() == []
    progress_actions.close_cycle(cycle=world.cycle, actor=None)
    (key,) = compile_at_closing()
    report = Report.objects.get(pk=key)
    assert (report.occasion, report.requested_by, report.cycle) == (Occasion.CLOSING, None, world.cycle)
    assert report.documents.count() == 30
    assert DiaryEntry.objects.get(verb="report.ordered").door == "clock"


def test_it_is_ordered_once(world: World) -> None:
    progress_actions.close_cycle(cycle=world.cycle, actor=None)
    later = timezone.now() + timedelta(days=1)
    assert len(actions.compile_at_closing()) == 1
    assert actions.compile_at_closing(at=later) == []


def test_an_order_from_before_the_closing_does_not_stand_for_it(world: World, ordered: Report) -> None:
    progress_actions.close_cycle(cycle=world.cycle, actor=None)
    (report,) = actions.compile_at_closing()
    assert report != ordered


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_order_one(world: World) -> None:
    factories.published(world.task("2.1"), world.alice, world.dana)
    progress_actions.close_cycle(cycle=world.cycle, actor=None)
    start, faults = threading.Barrier(4), []

    def tick() -> None:
        start.wait()
        try:
            actions.compile_at_closing()
        except Exception as error:  # noqa: BLE001 - whatever a clock stumbles over fails the test
            faults.append(error)
        finally:
            connection.close()

    clocks = [threading.Thread(target=tick) for _n in range(4)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()
    assert faults == []
    assert Report.objects.count() == 1
    assert Report.objects.get().documents.count() == 30
