"""The command line is a door like any other: it decides through the same actions and refuses alike."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from progress.models import Update
from tests.conftest import World
from tests.factories import submitted


@pytest.fixture
def update(world: World) -> Update:
    return submitted(world.task("2.1"), world.alice)


def decide(update: Update, verb: str, officer: str = "dana@un.example", **options: object) -> str:
    out = StringIO()
    call_command("decide_update", str(update.pk), verb, officer=officer, stdout=out, **options)
    return out.getvalue()


def test_it_accepts_publishes_and_withdraws(update: Update) -> None:
    assert "accepted" in decide(update, "accept")
    assert "published" in decide(update, "publish")
    assert "withdrawn" in decide(update, "withdraw", reason="Wrong commitment.")


def test_it_returns_with_a_reason_and_only_with_one(update: Update) -> None:
    with pytest.raises(CommandError, match="Give the reason"):
        decide(update, "return")
    assert "returned" in decide(update, "return", reason="Say when.")


def test_it_refuses_whoever_may_not(update: Update) -> None:
    with pytest.raises(CommandError, match="may not accept"):
        decide(update, "accept", officer="alice@alpha.example")
    with pytest.raises(CommandError, match="does not exist"):
        decide(update, "accept", officer="nobody@un.example")


def test_it_refuses_a_step_out_of_turn_and_a_text_that_moved_on(update: Update) -> None:
    with pytest.raises(CommandError, match="Submitted"):
        decide(update, "publish")
    with pytest.raises(CommandError):
        decide(update, "accept", based_on=7)
