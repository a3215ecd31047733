"""The figures kept beside the rows agree with them, now and for every earlier moment."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from progress import actions
from progress.models import Tally
from progress.tallies import counted, ever_public_on, kept_at
from tests import factories
from tests.conftest import World
from tests.factories import NOON

AN_HOUR = timedelta(hours=1)


@pytest.fixture
def told(world: World) -> World:
    """One answer is published and corrected with another status, one is withdrawn, one stays."""
    alices = factories.published(world.task("1.1"), world.alice, world.dana, at=NOON)
    charlies = factories.published(world.task("1.1", world.beta), world.charlie, world.dana, at=NOON + AN_HOUR)
    factories.published(world.task("1.2"), world.alice, world.dana, at=NOON + AN_HOUR)
    actions.withdraw_update(update=charlies, officer=world.dana, reason="Wrong.", at=NOON + 2 * AN_HOUR)
    again = factories.content(status="completed", narrative="All units.")
    at = NOON + 3 * AN_HOUR
    actions.submit_update(assignment=world.task("1.1"), author=world.alice, based_on=1, at=at, **again)
    alices.refresh_from_db()
    actions.accept_update(update=alices, officer=world.dana, based_on=2, at=at)
    actions.publish_update(update=alices, officer=world.dana, based_on=2, at=at)
    return world


def test_they_agree(told: World) -> None:
    said = StringIO()
    call_command("verify_tallies", stdout=said)
    assert "Every figure agrees." in said.getvalue()


@pytest.mark.parametrize("hours", [-1, 0, 1, 2, 3, 4])
def test_an_earlier_moment_is_told_as_the_rows_tell_it(told: World, hours: int) -> None:
    at = NOON + hours * AN_HOUR
    assert kept_at([told.cycle], at) == +counted([told.cycle], as_of=at)
    only = {told.commitments["1.1"].pk}
    assert kept_at([told.cycle], at, only) == +counted([told.cycle], as_of=at, commitments=only)


def test_what_was_ever_public_is_known_without_counting(told: World) -> None:
    assert ever_public_on(told.commitments["1.1"].pk) == 3
    assert ever_public_on(told.commitments["1.2"].pk) == 1


@pytest.mark.parametrize(
    "wrong", [{"n": F("n") + 1}, {"ever": F("ever") + 1}, {"changed_at": F("changed_at") + AN_HOUR}]
)
def test_a_wrong_one_is_found_and_put_right(told: World, wrong: dict[str, object]) -> None:
    Tally.objects.filter(status="completed").update(**wrong)
    with pytest.raises(CommandError, match="1 figures differ"):
        call_command("verify_tallies", stdout=StringIO())
    call_command("verify_tallies", repair=True, stdout=StringIO())
    call_command("verify_tallies", stdout=StringIO())
