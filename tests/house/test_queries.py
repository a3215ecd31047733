"""How many queries each page may take. A page that needs more must say why in the commit that raises its number."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from progress import actions as progress_actions
from progress.models import UpdateVersion
from reports import actions
from tests import factories
from tests.conftest import World, signed_in

BUDGETS = {
    "home": 7,
    "cycle": 5,
    "area": 7,
    "commitments": 4,
    "commitment_history": 5,
    "home_feed": 2,
    "area_feed": 3,
    "commitment_feed": 3,
    "stakeholder_feed": 3,
    "data": 8,
    "commitment": 10,
    "stakeholders": 2,
    "stakeholder": 9,
    "version": 3,
    "search": 6,
    "report_library": 4,
    "report": 2,
    "compile": 10,
    "report_figures": 5,
    "cycle_figures": 5,
    "method": 4,
    "reference": 0,
    "reference_part": 0,
    "desk": 6,
    "update": 12,
    "inbox": 7,
    "review": 12,
    "evidence": 3,
    "cycle_desk": 4,
    "assessments": 6,
    "assess": 12,
    "versions": 6,
    "own_assessments": 6,
    "assessment": 8,
    "people": 5,
    "team": 5,
    "account": 5,
    "hand_over": 5,
    "board": 4,
    "reminder_plan": 3,
    "reminders_sent": 9,
    "preferences": 2,
    "tokens": 3,
}
ASKED = {"search": {"q": "units"}}
OFFICERS = {"assessments", "assess", "people", "team", "hand_over", "inbox", "review", "cycle_desk", "compile", "board"}
OFFICERS |= {"reminder_plan", "reminders_sent"}
FOCAL_POINTS = {"versions", "own_assessments", "assessment", "account", "desk", "update", "evidence", "preferences"}
FOCAL_POINTS |= {"tokens"}


@pytest.mark.parametrize("name", BUDGETS)
def test_a_page_keeps_its_budget(
    world: World, client: Client, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    submitted = factories.submitted(world.task("2.1"), world.alice, evidence=factories.text_file())
    for who, author in ((world.alpha, world.alice), (world.beta, world.charlie)):
        for code in ("1.1", "1.2"):
            factories.published(world.task(code, who), author, world.dana)
    factories.assessed(submitted.assignment, world.dana, sources="")
    progress_actions.remind(cycle=world.cycle, officer=world.dana)
    report = actions.compile_report(cycle=world.cycle, requester=world.dana, request_key=uuid4())
    arguments = {
        "reference_part": ["publications"],
        "cycle": [world.cycle.key],
        "area": ["test-a1"],
        "commitment": ["test-c001"],
        "stakeholder": ["state-alpha"],
        "commitment_history": ["test-c001"],
        "area_feed": ["test-a1"],
        "commitment_feed": ["test-c001"],
        "stakeholder_feed": ["state-alpha"],
        "data": ["commitments", "json"],
        "version": [UpdateVersion.objects.published().order_by("pk")[0].pk],
        "report": [report.pk],
        "report_figures": [report.pk],
        "cycle_figures": [world.cycle.key],
        "update": [submitted.assignment_id],
        "review": [submitted.pk],
        "versions": [submitted.pk],
        "assess": [submitted.assignment_id],
        "assessment": [submitted.assignment_id],
        "team": ["state-alpha"],
        "hand_over": [world.bob.appointments.get().pk],
        "evidence": [submitted.evidence.get().pk],
    }
    if name in OFFICERS:
        client = signed_in(world.dana)
    if name in FOCAL_POINTS:
        client = signed_in(world.alice)
    url = reverse(name, args=arguments.get(name))
    with django_assert_max_num_queries(BUDGETS[name]):
        assert client.get(url, ASKED.get(name)).status_code == 200
