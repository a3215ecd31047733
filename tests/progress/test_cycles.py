"""Cycles are planned, opened and closed, by officers, by the clock and by command."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from progress import actions
from progress.models import Assignment, Cycle, CycleScope
from progress.models.cycle import quarter_before, quarter_of
from stakeholders.models import CapacityKind
from tests.conftest import World
from tests.factories import NOON, capacity, stakeholder


def owed(world: World, cycle: Cycle) -> set[tuple[str, str, str]]:
    rows = Assignment.objects.filter(cycle=cycle).values_list("stakeholder__code", "commitment__code", "kind")
    return set(rows)


def test_opening_asks_everyone_who_owes(world: World) -> None:
    assert owed(world, world.cycle) == {
        ("state-alpha", "1.1", "invited"),
        ("state-beta", "1.1", "invited"),
        ("un-secretariat", "1.1", "invited"),
        ("state-alpha", "1.2", "expected"),
        ("state-beta", "1.2", "expected"),
        ("state-alpha", "2.1", "expected"),
        ("un-secretariat", "2.2", "expected"),
    }


def test_capacities_count_as_they_were_on_the_first_day(world: World) -> None:
    beta_until_spring = date(2027, 1, 1)
    capacity(world.beta, CapacityKind.TROOP_CONTRIBUTOR, since=date(2026, 1, 1), until=beta_until_spring)
    cycle = actions.plan_cycle(year=2027, quarter=1, actor=None)
    actions.open_cycle(cycle=cycle, actor=None)
    assert ("state-beta", "2.1", "expected") in owed(world, cycle)
    assert ("state-beta", "2.1", "expected") not in owed(world, world.cycle)


def test_changing_capacities_later_changes_no_assignment(world: World) -> None:
    before = owed(world, world.cycle)
    world.alpha.capacities.all().delete()
    assert owed(world, world.cycle) == before


def test_an_organization_is_invited_when_it_endorsed(world: World) -> None:
    union = stakeholder("org-union", kind="organization")
    capacity(union, CapacityKind.ENDORSER)
    stakeholder("org-other", kind="organization")
    cycle = actions.plan_cycle(year=2027, quarter=1, actor=None)
    actions.open_cycle(cycle=cycle, actor=None)
    assert {code for code, *_rest in owed(world, cycle) if code.startswith("org-")} == {"org-union"}


def test_a_cycle_of_published_sources_asks_the_secretariat_alone(world: World) -> None:
    cycle = actions.plan_cycle(year=2019, quarter=4, actor=None, scope=CycleScope.SECRETARIAT)
    actions.open_cycle(cycle=cycle, actor=None)
    assert {code for code, *_rest in owed(world, cycle)} == {"un-secretariat"}


def test_officers_plan_and_open_in_the_browser(world: World, as_dana: Client) -> None:
    as_dana.post("/en/review/cycles/", {"year": 2027, "quarter": 1, "scope": "everyone"})
    cycle = Cycle.objects.get(year=2027)
    assert as_dana.post(f"/en/review/cycles/{cycle.pk}/open/").status_code == 302
    assert as_dana.post(f"/en/review/cycles/{cycle.pk}/open/").status_code == 302
    cycle.refresh_from_db()
    assert cycle.state == "open"
    assert Assignment.objects.filter(cycle=cycle).count() == Assignment.objects.filter(cycle=world.cycle).count()
    as_dana.post(f"/en/review/cycles/{cycle.pk}/close/")
    cycle.refresh_from_db()
    assert cycle.state == "closed"


def test_a_quarter_has_one_cycle(world: World, as_dana: Client) -> None:
    answer = as_dana.post("/en/review/cycles/", {"year": 2026, "quarter": 4, "scope": "everyone"})
    assert answer.status_code == 400
    assert "There is a cycle for this quarter already." in answer.content.decode()


def test_nobody_else_keeps_cycles(world: World) -> None:
    for act in (
        lambda: actions.plan_cycle(year=2027, quarter=1, actor=world.alice),
        lambda: actions.close_cycle(cycle=world.cycle, actor=world.alice),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_opening_twice_is_refused(world: World) -> None:
    with pytest.raises(ValidationError, match="Open"):
        actions.open_cycle(cycle=world.cycle, actor=None)


def test_the_clock_opens_and_closes_and_does_so_once(world: World) -> None:
    cycle = actions.plan_cycle(year=2027, quarter=1, actor=None)
    assert actions.turn_cycles(at=NOON) == []
    new_year = datetime(2027, 1, 1, 0, 5, tzinfo=UTC)
    assert actions.turn_cycles(at=new_year) == ["2027-q1 opened"]
    assert actions.turn_cycles(at=new_year) == []
    assert actions.turn_cycles(at=new_year + timedelta(days=15)) == ["2026-q4 closed"]
    cycle.refresh_from_db()
    assert cycle.state == "open"


def test_commands_are_doors_too(world: World) -> None:
    out = StringIO()
    call_command("turn_cycle", "plan", "2027", "2", stdout=out)
    assert "2027-q2 is planned" in out.getvalue()
    with pytest.raises(CommandError, match="already"):
        call_command("turn_cycle", "plan", "2027", "2")
    with pytest.raises(CommandError, match="plan it first"):
        call_command("turn_cycle", "open", "2028", "1")


def test_quarters_are_those_of_the_calendar() -> None:
    assert quarter_of(date(2026, 3, 31)) == (2026, 1)
    assert quarter_of(date(2026, 4, 1)) == (2026, 2)
    assert quarter_before(2026, 1) == (2025, 4)
    cycle = Cycle.for_quarter(2026, 4)
    assert (cycle.opens_on, cycle.due_on, cycle.closes_on) == (
        date(2026, 10, 1),
        date(2026, 12, 31),
        date(2027, 1, 15),
    )
