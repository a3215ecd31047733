"""Submitting several drafts at once: each by itself, and what is refused says why."""

from django.test import Client
from django.urls import reverse

from progress import actions
from progress.models import Update
from tests import factories
from tests.conftest import World, signed_in


def draft(world: World, code: str, **changes: str) -> Update:
    words = factories.content(**changes)
    version = actions.save_draft(assignment=world.task(code), author=world.alice, based_on=0, **words)  # type: ignore[arg-type] # the names are Content's
    return version.update


def press(client: Client, *updates: Update) -> str:
    fields = {"update": [str(update.pk) for update in updates]}
    return client.post(reverse("submit_several"), fields, follow=True).content.decode()


def test_it_submits_the_chosen_ones(world: World, as_alice: Client) -> None:
    first, second, third = (draft(world, code) for code in ("1.1", "1.2", "2.1"))
    page = as_alice.get(reverse("desk")).content.decode()
    assert page.count('name="update"') == 3
    assert "2 updates were submitted." in press(as_alice, first, second)
    states = dict(Update.objects.values_list("pk", "state"))
    assert states == {first.pk: "submitted", second.pk: "submitted", third.pk: "draft"}


def test_what_lacks_something_stays_and_says_why(world: World, as_alice: Client) -> None:
    whole, empty = draft(world, "1.1"), draft(world, "1.2", status="")
    page = press(as_alice, whole, empty)
    assert "1 update was submitted." in page
    assert "1.2 was not submitted: Choose a status." in page
    empty.refresh_from_db()
    assert empty.state == "draft"


def test_nobody_submits_for_others(world: World) -> None:
    theirs = draft(world, "1.1")
    assert "Choose at least one draft." in press(signed_in(world.charlie), theirs)
    assert "was not submitted" in press(signed_in(world.bob), theirs), "a reader writes nothing"
    theirs.refresh_from_db()
    assert theirs.state == "draft"


def test_pressing_twice_is_pressing_once(world: World, as_alice: Client) -> None:
    update = draft(world, "1.1")
    press(as_alice, update)
    press(as_alice, update)
    assert update.transitions.count() == 1
    assert update.versions.count() == 1


def test_the_desk_says_what_a_draft_lacks(world: World, as_alice: Client) -> None:
    draft(world, "1.1")
    assert "Choose a status." not in as_alice.get(reverse("desk")).content.decode()
    draft(world, "1.2", status="")
    assert "Choose a status." in as_alice.get(reverse("desk")).content.decode()
