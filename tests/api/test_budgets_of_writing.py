"""How many queries each step may take, savepoints and the lock of the diary that PostgreSQL wants included.

A step that needs more must say why in its commit.
"""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import factories
from tests.api.cases import PERSON, WORDS
from tests.api.program import program_of, tag
from tests.conftest import World

BUDGETS = {
    "GET me": 1,
    "PUT me": 9,
    "GET text": 4,
    "PUT text": 17,
    "POST submit": 20,
    "GET assessment": 4,
    "PUT assessment": 18,
    "POST return": 15,
    "POST accept": 15,
    "POST comment": 21,
    "POST appointments": 40,
    "POST appointments with a key": 48,
    "GET reminder-plan": 3,
    "POST order": 46,
}


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
    with django_assert_max_num_queries(BUDGETS[step]):
        answer = program.ask(step.split()[0], path, body, **headers)
    assert answer.status_code in (200, 201)
