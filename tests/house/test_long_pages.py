"""A long inbox, a long list of people and a long desk cost no more queries than a short one, and stay under 40 kB."""

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import AppointmentRole, User
from tests import factories
from tests.conftest import World, signed_in
from tests.house.test_queries import BUDGETS

LIMIT = 40_000


@pytest.fixture
def crowd(world: World) -> User:
    """The author of forty stakeholders that have all answered twice, and of one that has answered nothing."""
    author: User = factories.UserFactory(name="Author of forty stakeholders with a rather long name")
    parties = [factories.stakeholder(f"state-{n:02}", f"A stakeholder with a rather long name {n}") for n in range(40)]
    for party in parties:
        factories.appointment(author, party, AppointmentRole.AUTHOR)
        factories.appointment(factories.UserFactory(), party, AppointmentRole.READER)
    cycle = factories.open_cycle(2027, 1)
    for party in parties:
        for code in ("1.1", "1.2"):
            factories.submitted(factories.assignment(party, world.commitments[code], cycle), author)
    return author


@pytest.mark.parametrize("name", ["inbox", "people", "assessments", "board"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_stays_light(
    world: World,
    crowd: User,
    name: str,
    language: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with translation.override(language):
        url = reverse(name)
    client = signed_in(world.dana)
    by_stakeholder = name == "board"  # the longest way to see it, which also asks when each was reminded
    with django_assert_max_num_queries(BUDGETS[name] + by_stakeholder):
        page = client.get(url, {"by": "stakeholder"} if by_stakeholder else {})
    assert page.status_code == 200
    assert len(page.content) < LIMIT


def test_a_desk_of_forty_stakeholders_asks_no_more_of_the_database(
    world: World, crowd: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(crowd)
    with django_assert_max_num_queries(BUDGETS["desk"]):
        assert client.get(reverse("desk")).status_code == 200
