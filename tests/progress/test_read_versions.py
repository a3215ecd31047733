"""Every version of an update with what it changed, for those who may see it."""

import pytest
from django.test import Client
from django.urls import reverse

from progress import actions
from progress.models import Update
from tests import factories
from tests.conftest import World, signed_in


@pytest.fixture
def update(world: World) -> Update:
    """A draft, a submitted text, and a correction that was never submitted."""
    task = world.task("2.1")
    words = ("Two units were trained.", "Three units were trained.", "Four units were trained.")
    actions.save_draft(assignment=task, author=world.alice, based_on=0, **factories.content(narrative=words[0]))
    version = actions.submit_update(
        assignment=task, author=world.alice, based_on=1, **factories.content(narrative=words[1], status="completed")
    )
    actions.return_update(update=version.update, officer=world.dana, based_on=2, reason="Which?")
    actions.save_draft(assignment=task, author=world.alice, based_on=2, **factories.content(narrative=words[2]))
    return version.update


def page_of(client: Client, update: Update) -> str:
    return client.get(reverse("versions", args=[update.pk])).content.decode()


def test_the_stakeholders_people_see_all_of_them(update: Update, as_alice: Client) -> None:
    page = page_of(as_alice, update)
    assert page.count("<section") == 3
    assert "<del>Two </del><ins>Three </ins>" in page
    assert "<del>Three </del><ins>Four </ins>" in page


def test_officers_see_what_was_submitted(update: Update, as_dana: Client) -> None:
    page = page_of(as_dana, update)
    assert page.count("<section") == 1
    assert "Three units were trained." in page
    assert "Four units" not in page


def test_to_others_they_do_not_exist(world: World, update: Update) -> None:
    assert signed_in(world.charlie).get(reverse("versions", args=[update.pk])).status_code == 404


def test_who_has_not_spoken_on_a_collective_commitment_is_one_click_away(world: World, client: Client) -> None:
    factories.published(world.task("1.1"), world.alice, world.dana)
    page = client.get(reverse("commitment", args=["test-c001"])).content.decode()
    assert "Who has not spoken yet" in page
    asked = {"commitment": "test-c001", "kind": "invited", "status": "no_information"}
    silent = client.get(reverse("cycle_figures", args=[world.cycle.key]), asked).content.decode()
    assert "Beta" in silent
    assert "Alpha" not in silent
