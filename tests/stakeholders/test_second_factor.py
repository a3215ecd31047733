"""The second factor: officers do nothing without it, everybody else may have it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from stakeholders.models import Mail, User
from tests.conftest import World

PASSWORD = "secret-of-tests"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def code_of(secret: str) -> str:
    """What an authenticator application would show now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def password(client: Client, person: User) -> None:
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


def set_up(client: Client, person: User) -> str:
    """Sign in and switch the second factor on, through the pages. Returns the secret of the telephone."""
    password(client, person)
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    assert "Confirm that it is you" in page.content.decode()
    page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    found = re.search(r'class="code">([A-Z2-7]{16,})<', page.content.decode())
    assert found is not None
    page = client.post(reverse("mfa_activate_totp"), {"code": code_of(found[1])}, follow=True)
    assert "Recovery codes" in page.content.decode()
    return found[1]


def forget_used_codes() -> None:
    cache.clear()  # a code works once in half a minute; the tests do not wait for the next


def test_an_officer_sets_it_up_before_anything_else_opens(
    world: World, client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    password(client, world.dana)
    for page in ("inbox", "board", "people", "compile", "account"):
        assert client.get(reverse(page))["Location"] == reverse("mfa_activate_totp")
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client, world.dana)
    assert client.get(reverse("inbox")).status_code == 200
    told = Mail.objects.get(person=world.dana)
    assert told.subject == "Second factor set up"


def test_it_is_asked_at_every_signing_in(world: World) -> None:
    secret = set_up(Client(), world.dana)
    forget_used_codes()
    client = Client()
    password(client, world.dana)
    assert client.get(reverse("inbox"))["Location"].startswith(reverse("account_login"))
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get(reverse("inbox")).status_code == 200


def test_a_recovery_code_works_once(world: World) -> None:
    first = Client()
    set_up(first, world.dana)
    codes = first.get(reverse("mfa_download_recovery_codes")).content.decode().split()
    assert len(codes) == 10
    for attempt, enters in ((1, True), (2, False)):
        client = Client()
        password(client, world.dana)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert (client.get(reverse("inbox")).status_code == 200) is enters, f"attempt {attempt}"


def test_codes_cannot_be_guessed_for_long(world: World) -> None:
    secret = set_up(Client(), world.dana)
    forget_used_codes()
    client = Client()
    password(client, world.dana)
    for _n in range(10):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get(reverse("inbox")).status_code == 302


def test_a_session_from_before_must_show_it_too(world: World) -> None:
    old = Client()
    password(old, world.dana)
    secret = set_up(Client(), world.dana)
    forget_used_codes()
    answer = old.get(reverse("inbox"))
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    back = old.post(answer["Location"], {"code": code_of(secret)})
    assert back["Location"] == reverse("inbox")
    assert old.get(reverse("inbox")).status_code == 200


def test_a_focal_point_may_go_without(world: World, client: Client) -> None:
    password(client, world.alice)
    assert client.get(reverse("desk")).status_code == 200
    set_up(client, world.alice)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()


def test_the_secret_is_sealed_in_the_database(world: World, client: Client) -> None:
    secret = set_up(client, world.alice)
    stored = Authenticator.objects.get(type="totp")
    assert secret not in str(stored.data)


def test_secrets_survive_a_new_key(world: World, settings: Settings) -> None:
    secret = set_up(Client(), world.alice)
    forget_used_codes()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-than-before"
    client = Client()
    password(client, world.alice)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get(reverse("desk")).status_code == 200


def test_invented_people_of_a_demonstration_go_without(world: World, client: Client, settings: Settings) -> None:
    User.objects.filter(pk=world.dana.pk).update(is_demonstration=True)
    password(client, world.dana)
    assert client.get(reverse("inbox")).status_code == 302, "in production they are officers like any other"
    settings.DEMONSTRATION = True
    assert client.get(reverse("inbox")).status_code == 200
