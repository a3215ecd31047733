"""Signing in by e-mail and password, and how guessing is slowed without locking anybody out."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from stakeholders.models import DiaryEntry, User
from tests.conftest import World, signed_in

PASSWORD = "secret-of-tests"
WRONG = "The e-mail address or the password is not right."
TOO_MANY = "Too many wrong attempts."


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> str:
    """The page one ends on."""
    answer = client.post(reverse("account_login"), {"login": email, "password": password, **more}, follow=True)
    return answer.content.decode()


def is_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def test_it_works(world: World, client: Client) -> None:
    sign_in(client, " ALICE@alpha.example ")
    assert is_in(client)
    entry = DiaryEntry.objects.first()
    assert entry is not None
    assert (entry.verb, entry.actor) == ("account.signed_in", world.alice)


def test_it_goes_on_to_the_page_that_was_asked_for_and_to_no_other_site(world: World, client: Client) -> None:
    wanted = reverse("update", args=[world.task("2.1").pk])
    answer = client.post(reverse("account_login"), {"login": world.alice.email, "password": PASSWORD, "next": wanted})
    assert answer["Location"] == wanted
    client.logout()
    for foreign in (
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "javascript:alert(1)",
    ):
        fields = {"login": world.alice.email, "password": PASSWORD, "next": foreign}
        assert client.post(reverse("account_login"), fields)["Location"] == reverse("desk")
        client.logout()


def test_nobody_learns_who_has_an_account(world: World, client: Client) -> None:
    known = sign_in(client, world.alice.email, "wrong")
    unknown = sign_in(client, "nobody@alpha.example", "wrong")
    assert WRONG in known
    assert WRONG in unknown
    assert not is_in(client)


def test_a_closed_account_is_told_so_only_with_the_right_password(world: World, client: Client) -> None:
    User.objects.filter(pk=world.alice.pk).update(is_active=False)
    assert WRONG in sign_in(client, world.alice.email, "wrong")
    assert "This account is closed" in sign_in(client, world.alice.email)
    assert not is_in(client)


def test_guessing_is_stopped_and_its_victim_is_not_locked_out(world: World) -> None:
    owner, attacker = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    sign_in(owner, world.alice.email)
    owner.post(reverse("account_logout"))
    for _n in range(10):
        assert WRONG in sign_in(attacker, world.alice.email, "guess")
    assert TOO_MANY in sign_in(attacker, world.alice.email)
    assert not is_in(attacker)
    sign_in(owner, world.alice.email)
    assert is_in(owner), "the browser she has signed in with before has tries of its own"


def test_a_device_is_known_for_its_own_people_alone(world: World) -> None:
    charlie, attacker = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    sign_in(charlie, world.charlie.email)
    charlie.post(reverse("account_logout"))
    for _n in range(10):
        sign_in(attacker, world.alice.email, "guess")
    assert TOO_MANY in sign_in(charlie, world.alice.email, "guess")
    attacker.cookies["device"] = charlie.cookies["device"].value[:-2] + "xx"
    assert TOO_MANY in sign_in(attacker, world.alice.email, "guess"), "a forged cookie makes no known device"


def test_one_address_cannot_try_many_people(world: World) -> None:
    attacker = Client(REMOTE_ADDR="192.0.2.2")
    for n in range(30):
        sign_in(attacker, f"person{n}@alpha.example", "guess")
    assert not is_in(attacker)
    answer = attacker.post(reverse("account_login"), {"login": world.alice.email, "password": PASSWORD})
    assert answer.status_code in (200, 429)
    assert not is_in(attacker)


def test_a_session_elsewhere_is_seen_and_ended(world: World) -> None:
    here, there = Client(HTTP_USER_AGENT="Here"), Client(HTTP_USER_AGENT="There")
    for client in (here, there):
        sign_in(client, world.alice.email)
    page = here.get(reverse("usersessions_list")).content.decode()
    assert "Here" in page
    assert "There" in page
    here.post(reverse("usersessions_list"))
    assert is_in(here)
    assert not is_in(there)


def test_a_person_shut_out_is_out_at_the_next_request(world: World) -> None:
    alice = signed_in(world.alice)
    assert is_in(alice)
    signed_in(world.dana).post(reverse("close_account", args=[world.alice.pk]))
    assert not is_in(alice)
    assert not world.alice.appointments.on(world.cycle.opens_on).exists()
