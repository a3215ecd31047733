"""How many queries a route may take: a list at most eight, one record at most six, however many rows there are.

Every list fills a page of fifty, so one query a row would be seen.
"""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from progress import actions
from progress.models import UpdateVersion
from reports.actions import compile_report
from stakeholders.models import User
from tests import factories
from tests.api import plenty
from tests.conftest import World, signed_in
from tests.house.routes import LINES

LIST, RECORD, MANY = 8, 6, 50
EVERYONE = [line[0] for line in LINES if line[0].startswith("api_") and line[1:3] == ["GET", "200"]]
PERSONAL = [line[0] for line in LINES if line[0].startswith("api_") and line[1:4] == ["GET", "401", "200"]]
OFFICERS, OVERSEERS = ["api_imports", "api_data_set"], ["api_diary"]
NO_RECORDS = {"api_schema"}


@pytest.fixture
def full(world: World) -> dict[str, list[Any]]:
    """Many rows wherever a route lists some; the arguments of the routes that take some."""
    party = plenty.parties(MANY)
    cycle = factories.open_cycle(2027, 1)
    world.cycle = cycle
    writers = [(one, factories.UserFactory()) for one in party]
    for one, author in writers:
        factories.appointment(author, one, "author")  # type: ignore[arg-type] # the value of the choice
        task = factories.assignment(one, world.commitments["1.1"], cycle)
        update = factories.published(task, author, world.dana)
        expected = factories.assignment(one, world.commitments["1.2"], cycle)
        assessment = factories.assessed(expected, world.dana)
        actions.reply_to_assessment(
            assessment=assessment, person=author, based_on=1, text="We do more than that.", language="en"
        )
        actions.publish_assessment(assessment=assessment, officer=world.omar, based_on=1)
    piece = factories.text_file(visibility="public")
    file = factories.published(world.task("1.2"), world.alice, world.dana, evidence=piece).evidence.get()
    plenty.appointments(world.alice, party)
    plenty.catalogue(MANY)
    plenty.history_of(update, MANY, author)
    plenty.imports(MANY, world.dana)
    report = compile_report(cycle=cycle, requester=world.dana, request_key=uuid4())
    plenty.cycles_with_reports(MANY, world.dana)
    version = UpdateVersion.objects.published().get(update=update)
    return {
        "api_declaration": ["test-edition"],
        "api_area": ["test-a1"],
        "api_commitment": ["test-c001"],
        "api_stakeholder": ["state-alpha"],
        "api_cycle": [cycle.key],
        "api_publication": [version.pk],
        "api_report": [report.pk],
        "api_evidence": [file.pk],
        "api_evidence_file": [file.pk],
        "api_assessment": [assessment.pk],
        "api_data_set": ["updates"],
        **{f"api_update{part}": [update.pk] for part in PARTS},
    }


PARTS = ("", "_versions", "_transitions", "_comments", "_evidence")


def test_routes_keep_their_budgets(
    world: World, full: dict[str, list[Any]], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    visited = 0
    dana, alice = signed_in(world.dana), signed_in(world.alice)
    root = signed_in(User.objects.create_superuser("root@un.example", name="Root"))
    callers = [(Client(), EVERYONE), (dana, EVERYONE + PERSONAL + OFFICERS), (alice, PERSONAL), (root, OVERSEERS)]
    empty = [(dana, "api_own_appointments"), (dana, "api_own_assignments")]
    for caller, names in callers:
        for name in names:
            if name in NO_RECORDS:
                continue
            address = reverse(name, args=full.get(name))
            budget = RECORD if _is_record(name, full) else LIST
            with django_assert_max_num_queries(budget, info=name):
                answer = caller.get(address)
            assert answer.status_code == 200, address
            if not _is_record(name, full) and (caller, name) not in empty:
                assert len(answer.json()["results"]) == MANY, name
            visited += 1
    assert visited > 50


def _is_record(name: str, arguments: dict[str, list[Any]]) -> bool:
    return name in ("api_index", "api_me") or (name in arguments and name.removeprefix("api_update") in (name, ""))
