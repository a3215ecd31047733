"""A program that got no answer asks again under the same key, and nothing is made twice."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from stakeholders import actions
from stakeholders.actions import Given, OtherRequest
from stakeholders.models import Answer, User
from tests.conftest import World
from tests.factories import NOON, UserFactory
from tests.together import together


class Maker:
    """Counts how often it was asked to make something."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> Given:
        self.made += 1
        return Given(201, {"number": self.made}, {"Location": "/made/"})


def ask(person: User, make: Maker, *, key: str = "a-key", fingerprint: str = "one", hours: float = 0) -> Given:
    at = NOON + timedelta(hours=hours)
    return actions.answer_once(person=person, key=key, fingerprint=fingerprint, make=make, at=at)


def test_the_first_answer_is_given_again(world: World) -> None:
    make = Maker()
    first, second = ask(world.alice, make), ask(world.alice, make, hours=23)
    assert (second.status, second.body, second.headers) == (201, {"number": 1}, {"Location": "/made/"})
    assert (first.is_repeated, second.is_repeated, make.made) == (False, True, 1)


def test_the_key_is_a_persons_own(world: World) -> None:
    make = Maker()
    ask(world.alice, make)
    assert ask(world.charlie, make).body == {"number": 2}


def test_another_request_under_the_key_is_refused(world: World) -> None:
    make = Maker()
    ask(world.alice, make)
    with pytest.raises(OtherRequest):
        ask(world.alice, make, fingerprint="two")
    assert make.made == 1


def test_a_refusal_leaves_the_key_free(world: World) -> None:
    def refuse() -> Given:
        raise PermissionDenied

    with pytest.raises(PermissionDenied):
        actions.answer_once(person=world.alice, key="a-key", fingerprint="one", make=refuse, at=NOON)
    assert ask(world.alice, Maker(), fingerprint="two").body == {"number": 1}


def test_after_a_day_the_key_is_free_and_the_clock_forgets_it(world: World) -> None:
    make = Maker()
    ask(world.alice, make)
    assert ask(world.alice, make, hours=24).body == {"number": 2}
    assert actions.sweep_answers(at=NOON + timedelta(hours=47)) == 0
    assert actions.sweep_answers(at=NOON + timedelta(hours=48)) == 1
    assert not Answer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_the_second_gets_the_answer_of_the_first() -> None:
    person: User = UserFactory()
    make = Maker()
    answers = together(lambda: ask(person, make), times=2)
    assert [given.body for given in answers] == [{"number": 1}, {"number": 1}]
    assert sorted(given.is_repeated for given in answers) == [False, True]
