"""What is typed is not lost: it is kept as one types, survives a log-in that ends, and can be looked at first."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from progress.models import Scratch, Update
from tests import factories
from tests.conftest import World, signed_in

TYPED = "Half a sentence about two uni"


@pytest.fixture
def page(world: World) -> str:
    return reverse("update", args=[world.task("2.1").pk])


def keep(client: Client, world: World, **changes: str) -> int:
    fields = factories.content(based_on="0", status="", narrative=TYPED) | changes
    return client.post(reverse("keep_typed", args=[world.task("2.1").pk]), fields).status_code


def test_it_is_there_when_one_comes_back(world: World, as_alice: Client, page: str) -> None:
    assert keep(as_alice, world) == 204
    assert keep(as_alice, world, narrative=TYPED + "ts") == 204
    assert not Update.objects.exists(), "nothing is saved for others to see"
    shown = as_alice.get(page).content.decode()
    assert "what you typed last and have not saved yet" in shown
    assert TYPED + "ts</textarea>" in shown


def test_it_is_its_authors_alone(world: World, as_alice: Client, page: str) -> None:
    factories.appointment(world.charlie, world.alpha, "author")  # type: ignore[arg-type] # the value of a role
    keep(as_alice, world)
    for person in (world.bob, world.charlie):
        assert TYPED not in signed_in(person).get(page).content.decode()


def test_saving_or_discarding_ends_it(world: World, as_alice: Client, page: str) -> None:
    keep(as_alice, world)
    as_alice.post(reverse("keep_typed", args=[world.task("2.1").pk]), {"discard": "1"})
    assert TYPED not in as_alice.get(page).content.decode()
    keep(as_alice, world)
    as_alice.post(page, factories.content(based_on="0", save="1"))
    assert not Scratch.objects.exists()


def test_words_kept_on_an_older_version_overwrite_nobody(world: World, as_alice: Client, page: str) -> None:
    factories.appointment(world.charlie, world.alpha, "author")  # type: ignore[arg-type] # the value of a role
    keep(as_alice, world)
    signed_in(world.charlie).post(page, factories.content(based_on="0", save="1"))
    shown = as_alice.get(page)
    assert 'name="based_on" value="0"' in shown.content.decode()
    answer = as_alice.post(page, factories.content(based_on="0", save="1", narrative=TYPED))
    assert answer.status_code == 409
    assert TYPED in answer.content.decode()


def test_readers_and_strangers_keep_nothing(world: World) -> None:
    assert keep(signed_in(world.bob), world) == 403
    assert keep(signed_in(world.charlie), world) == 404
    assert keep(signed_in(world.alice), world, narrative="x" * 50_000) == 403
    assert not Scratch.objects.exists()


def test_a_log_in_that_ended_loses_nothing(world: World, client: Client, page: str) -> None:
    cache.clear()
    fields = factories.content(based_on="0", submit="1", narrative=TYPED)
    away = client.post(page, fields)
    assert away["Location"].startswith(reverse("account_login"))
    client.post(away["Location"], {"login": world.alice.email, "password": "secret-of-tests"})
    assert not Update.objects.exists(), "nothing is submitted by signing in"
    assert TYPED in client.get(page).content.decode()
    assert TYPED not in client.get(page).content.decode(), "it waits once"


def test_it_waits_under_its_own_address_alone(world: World, client: Client, page: str) -> None:
    cache.clear()
    client.post(page, factories.content(based_on="0", narrative=TYPED))
    client.post(reverse("account_login"), {"login": world.alice.email, "password": "secret-of-tests"})
    other = reverse("update", args=[world.task("1.1").pk])
    assert TYPED not in client.get(other).content.decode()


def test_a_preview_saves_nothing_and_leads_back(world: World, as_alice: Client, page: str) -> None:
    fields = factories.content(based_on="0", narrative=TYPED)
    shown = as_alice.post(page, fields | {"preview": "1"})
    assert "This is how readers will see it." in shown.content.decode()
    assert not Update.objects.exists()
    back = as_alice.post(page, fields | {"write": "1"})
    assert TYPED + "</textarea>" in back.content.decode()
    as_alice.post(page, fields | {"submit": "1"})
    assert Update.objects.get().state == "submitted"


def test_last_quarters_text_is_carried_forward(world: World, as_alice: Client) -> None:
    factories.published(world.task("2.1"), world.alice, world.dana, narrative="Said last time.")
    following = factories.open_cycle(2027, 1)
    task = factories.assignment(world.alpha, world.commitments["2.1"], following)
    page = reverse("update", args=[task.pk])
    assert "Said last time.</textarea>" not in as_alice.get(page).content.decode()
    carried = as_alice.get(page, {"carry": "1"}).content.decode()
    assert "Said last time.</textarea>" in carried
    assert 'name="based_on" value="0"' in carried
