"""Who asks, and what their token may be used for."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from stakeholders import actions
from stakeholders.models import Token
from tests import factories
from tests.api.program import Program, address, program_of, tag, with_second_factor
from tests.conftest import World, signed_in

ME, WORDS = address("me"), factories.content()


def test_a_token_tells_who_asks(world: World) -> None:
    assert program_of(world.alice).ask("GET", "me").json()["name"] == "Alice"
    assert Token.objects.get().last_used_at is not None


@pytest.mark.parametrize("header", ["Bearer a4p_nonsense", "Bearer", "Bearer \u00e9\u00e9", "bearer " + "x" * 5_000])
def test_what_is_no_token_is_refused(world: World, header: str) -> None:
    answer = Client().get(ME, headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_nobody_is_asked_for_a_token(world: World) -> None:
    answer = Client().get(ME)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_that_was_ended_lets_nobody_in(world: World) -> None:
    alice = program_of(world.alice)
    actions.end_token(token=Token.objects.get(), actor=world.alice)
    assert alice.ask("GET", "me").status_code == 401


def test_a_token_that_has_run_out_lets_nobody_in(world: World) -> None:
    alice = program_of(world.alice)
    with time_machine.travel(factories.NOON + timedelta(days=31)):
        assert alice.ask("GET", "me").status_code == 401


def test_a_wrong_token_is_refused_whatever_the_session_says(world: World) -> None:
    answer = signed_in(world.alice).get(ME, headers={"Authorization": "Bearer a4p_nonsense"})
    assert answer.status_code == 401


def test_an_officers_token_works_with_a_second_factor_alone(world: World) -> None:
    dana = Program(factories.token(world.dana)[1])
    assert dana.ask("GET", "me").status_code == 401
    with_second_factor(world.dana)
    assert dana.ask("GET", "me").status_code == 200


@pytest.mark.parametrize(("scope", "reads", "writes"), [("read", 200, 403), ("write", 200, 201), ("publish", 200, 201)])
def test_a_scope_holds_those_before_it(world: World, scope: str, reads: int, writes: int) -> None:
    alice = program_of(world.alice, scope)
    assert alice.ask("GET", "me").status_code == reads
    assert alice.ask("PUT", f"assignments/{world.task('2.1').pk}/text", WORDS).status_code == writes


def test_publishing_takes_the_highest(world: World) -> None:
    update = factories.submitted(world.task("2.1"), world.alice)
    actions_of_dana = program_of(world.dana, "write")
    accepted = actions_of_dana.ask("POST", f"updates/{update.pk}/accept", if_match=tag(1))
    assert accepted.status_code == 200
    publish = f"updates/{update.pk}/publish"
    assert actions_of_dana.ask("POST", publish, if_match=accepted["ETag"]).status_code == 403
    assert program_of(world.dana).ask("POST", publish, if_match=accepted["ETag"]).status_code == 200


def test_a_session_works_too_and_proves_that_no_other_page_sent_it(world: World) -> None:
    path = address(f"assignments/{world.task('2.1').pk}/text")
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = signed_in(world.alice).cookies
    assert careful.get(ME).status_code == 200
    forged = careful.put(path, WORDS, content_type="application/json")
    assert forged.status_code == 403
    careful.get("/en/account/preferences/")
    token = careful.cookies["csrftoken"].value
    sent = careful.put(path, WORDS, content_type="application/json", headers={"X-CSRFToken": token})
    assert sent.status_code == 201


def test_an_officers_session_shows_the_second_factor_first(world: World) -> None:
    client = Client()
    client.force_login(world.dana)
    answer = client.get(ME)
    assert answer.status_code == 403
    assert answer["Content-Type"].startswith("application/problem+json")


def test_a_session_confirms_who_it_is_before_grave_steps(world: World) -> None:
    update = factories.submitted(world.task("2.1"), world.alice)
    asked: dict[str, Any] = {"headers": {"If-Match": tag(1)}, "content_type": "application/json"}
    dana = signed_in(world.dana, confirmed=False)
    assert dana.post(address(f"updates/{update.pk}/accept"), **asked).status_code == 200
    assert dana.post(address(f"updates/{update.pk}/publish"), **asked).status_code == 403
    assert signed_in(world.dana).post(address(f"updates/{update.pk}/publish"), **asked).status_code == 200


def test_a_method_that_an_address_has_not_is_told_first(world: World) -> None:
    answer = program_of(world.alice).ask("TRACE", "me/assignments")
    assert answer.status_code == 405
    assert Client().generic("TRACE", "/api/v1/areas/?colour=red").status_code == 405
