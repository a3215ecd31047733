"""A person makes a token for a program of theirs, sees which there are, and ends them."""

import hashlib
import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stakeholders import actions
from stakeholders.models import DiaryEntry, Token, User
from tests import factories
from tests.conftest import World, signed_in, text

FIELDS = {"name": "Our data base", "scope": "write", "days": "90"}


def make(client: Client, **changes: str) -> str:
    answer = client.post(reverse("create_token"), FIELDS | changes)
    found = re.search(r"a4p_[\w-]{43}", answer.content.decode())
    return found[0] if found else f"refused with {answer.status_code}"


def test_it_is_shown_once_and_kept_as_a_digest(world: World, as_alice: Client) -> None:
    secret = make(as_alice)
    token = Token.objects.get()
    assert (token.person, token.scope, token.prefix) == (world.alice, "write", secret[:10])
    assert token.digest == hashlib.sha256(secret.encode()).hexdigest()
    page = text(as_alice, reverse("tokens"))
    assert "Our data base" in page
    assert secret not in page
    assert not [row for row in DiaryEntry.objects.all() if secret in str(row.detail)]


def test_the_page_with_the_secret_is_kept_by_no_browser(world: World, as_alice: Client) -> None:
    answer = as_alice.post(reverse("create_token"), FIELDS)
    assert "no-store" in answer["Cache-Control"]


def test_making_and_ending_are_on_the_record(world: World, as_alice: Client) -> None:
    make(as_alice)
    token = Token.objects.get()
    for _again in range(2):
        assert as_alice.post(reverse("end_token", args=[token.pk])).status_code == 302
    lines = DiaryEntry.objects.filter(subject_type="stakeholders.token").order_by("number")
    assert [(line.verb, line.actor) for line in lines] == [("token.created", world.alice), ("token.ended", world.alice)]
    assert "You have no tokens" in text(as_alice, reverse("tokens"))


def test_a_page_sent_twice_makes_one_token(world: World, as_alice: Client) -> None:
    make(as_alice)
    assert make(as_alice) == "refused with 400"
    assert Token.objects.count() == 1


def test_the_name_is_free_again_once_the_token_has_ended(world: World, as_alice: Client) -> None:
    make(as_alice)
    as_alice.post(reverse("end_token", args=[Token.objects.get().pk]))
    assert make(as_alice).startswith("a4p_")


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "x" * 81}, {"scope": "everything"}, {"days": "9999"}])
def test_what_makes_no_sense_is_refused(world: World, as_alice: Client, wrong: dict[str, str]) -> None:
    assert make(as_alice, **wrong) == "refused with 400"
    assert not Token.objects.exists()


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_no_token_lasts_longer_than_a_year(world: World, days: int) -> None:
    with pytest.raises(ValidationError) as refused:
        factories.token(world.alice, days=days)
    assert set(refused.value.message_dict) == {"expires_at"}


def test_nobody_has_more_than_twenty(world: World, as_alice: Client) -> None:
    for n in range(20):
        factories.token(world.alice, name=f"Program {n}")
    assert make(as_alice) == "refused with 400"


def test_officers_prove_once_more_who_they_are(world: World) -> None:
    dana = signed_in(world.dana, confirmed=False)
    answer = dana.post(reverse("create_token"), FIELDS)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    made = dana.post(answer["Location"], {"password": "secret-of-tests", "next": reverse("create_token")})
    assert re.search(r"a4p_[\w-]{43}", made.content.decode())


def test_a_new_password_ends_them_all(world: World, as_alice: Client) -> None:
    secrets = [factories.token(world.alice, name=name)[1] for name in ("One", "Two")]
    charlies = factories.token(world.charlie)[1]
    fields = {
        "oldpassword": "secret-of-tests",
        "password1": "a-better-secret-2026",
        "password2": "a-better-secret-2026",
    }
    as_alice.post(reverse("account_change_password"), fields)
    assert [actions.token_behind(secret) for secret in secrets] == [None, None]
    assert actions.token_behind(charlies)
    assert DiaryEntry.objects.filter(verb="token.ended", detail__why="password").count() == 2


def test_a_password_set_by_command_lets_none_in_that_was_made_before(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = factories.token(world.alice, name="Before")[1]
    charlies = factories.token(world.charlie)[1]
    monkeypatch.setattr("getpass.getpass", lambda prompt: "a-better-secret-2026")
    call_command("changepassword", "alice@alpha.example", stdout=StringIO())
    assert actions.token_behind(before) is None
    assert actions.token_behind(charlies)
    after = factories.token(world.alice, name="After")[1]
    assert actions.token_behind(after)
    world.alice.refresh_from_db()
    page = text(signed_in(world.alice), reverse("tokens"))
    assert page.count("A new password has ended it") == 1


def test_the_same_password_hashed_anew_ends_no_token(world: World, client: Client, settings: Any) -> None:
    secret = factories.token(world.alice)[1]
    hashed = world.alice.password
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", *settings.PASSWORD_HASHERS]
    client.post(reverse("account_login"), {"login": world.alice.email, "password": "secret-of-tests"})
    world.alice.refresh_from_db()
    assert world.alice.password != hashed
    assert actions.token_behind(secret)


def test_a_token_made_before_passwords_had_a_date_works(world: World) -> None:
    secret = factories.token(world.alice)[1]
    User.objects.update(password_set_at=None)
    assert actions.token_behind(secret)


def test_closing_the_account_ends_them_all(world: World) -> None:
    secret = factories.token(world.alice)[1]
    actions.close_account(person=world.alice, by=world.dana)
    assert actions.token_behind(secret) is None
    assert Token.objects.get().ended_at is not None


def test_an_account_closed_by_other_means_lets_no_token_in(world: World) -> None:
    secret = factories.token(world.alice)[1]
    User.objects.filter(pk=world.alice.pk).update(is_active=False)
    assert actions.token_behind(secret) is None


def test_it_works_until_its_hour_and_says_when_it_was_used(world: World) -> None:
    token, secret = factories.token(world.alice, days=30)
    later = timezone.now() + timedelta(days=29)
    assert actions.token_behind(secret, at=later) == token
    token.refresh_from_db()
    assert token.last_used_at == later
    assert actions.token_behind(secret, at=later + timedelta(days=1, seconds=1)) is None


def test_a_use_is_noted_once_a_minute(world: World) -> None:
    token, secret = factories.token(world.alice)
    first = timezone.now()
    for seconds in (0, 30, 61):
        actions.token_behind(secret, at=first + timedelta(seconds=seconds))
        token.refresh_from_db()
        assert token.last_used_at == first + timedelta(seconds=61 if seconds == 61 else 0)


def test_a_token_that_has_run_out_says_so_in_the_list(world: World, as_alice: Client) -> None:
    factories.token(world.alice)
    Token.objects.update(created_at=timezone.now() - timedelta(days=9), expires_at=timezone.now() - timedelta(days=1))
    assert "Has run out" in text(as_alice, reverse("tokens"))
