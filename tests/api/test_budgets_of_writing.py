"""How many queries each step may take, savepoints included. A step that needs more must say why in its commit."""

from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from tests import factories
from tests.api.cases import PERSON, WORDS
from tests.api.program import program_of, tag
from tests.conftest import World

BUDGETS = {
    "GET me": 1,
    "PUT me": 8,
    "GET text": 4,
    "PUT text": 16,
    "POST submit": 19,
    "GET assessment": 4,
    "PUT assessment": 17,
    "POST return": 14,
    "POST accept": 14,
    "POST comment": 20,
    "POST appointments": 38,
    "POST appointments with a key": 46,
    "GET reminder-plan": 3,
    "POST order": 45,
}


def locks_of_the_diary(step: str) -> int:
    """PostgreSQL asks for the chain with a query of its own for each line; appointing writes two."""
    if connection.vendor != "postgresql" or step.startswith("GET"):
        return 0
    return 2 if "appointments" in step else 1


@pytest.mark.parametrize("step", BUDGETS)
def test_a_step_keeps_its_budget(
    world: World, step: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    update = factories.submitted(world.task("2.1"), world.alice)
    draft = world.task("1.1").pk
    alice, dana = program_of(world.alice), program_of(world.dana)
    alice.ask("PUT", f"assignments/{draft}/text", WORDS)
    dana.ask(
        "PUT", f"assignments/{draft}/assessment", {"language": "en", "rating": "some", "reason": "A.", "sources": "B"}
    )
    changed, text = WORDS | {"narrative": "Other."}, f"assignments/{draft}/text"
    assessed = {"language": "en", "rating": "some", "reason": "C.", "sources": "B"}
    preferences = {"language": "es", "time_zone": "UTC", "wants_digests": True}
    appointed = PERSON | {"role": "author"}
    asked: dict[str, tuple[Any, str, Any, dict[str, str]]] = {
        "GET me": (alice, "me", None, {}),
        "PUT me": (alice, "me", preferences, {}),
        "GET text": (alice, text, None, {}),
        "PUT text": (alice, text, changed, {"if_match": tag(1)}),
        "POST submit": (alice, f"assignments/{draft}/submit", None, {"if_match": tag(1)}),
        "GET assessment": (dana, f"assignments/{draft}/assessment", None, {}),
        "PUT assessment": (dana, f"assignments/{draft}/assessment", assessed, {"if_match": tag(1)}),
        "POST return": (dana, f"updates/{update.pk}/return", {"reason": "Why?"}, {"if_match": tag(1)}),
        "POST accept": (dana, f"updates/{update.pk}/accept", None, {"if_match": tag(1)}),
        "POST comment": (dana, f"updates/{update.pk}/comment", {"text": "Which?"}, {}),
        "POST appointments": (dana, "stakeholders/state-alpha/appointments", appointed, {}),
        "POST appointments with a key": (
            dana,
            "stakeholders/state-alpha/appointments",
            appointed,
            {"idempotency_key": "once"},
        ),
        "GET reminder-plan": (dana, "reminder-plan", None, {}),
        "POST order": (dana, "reports/order", {"cycle": world.cycle.key}, {}),
    }
    program, path, body, headers = asked[step]
    with django_assert_max_num_queries(BUDGETS[step] + locks_of_the_diary(step)):
        answer = program.ask(step.split()[0], path, body, **headers)
    assert answer.status_code in (200, 201)
