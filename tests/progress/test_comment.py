"""Questions and answers between a stakeholder and the Secretariat; nobody else ever reads them."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from progress.models import Comment, Update
from stakeholders.models import Mail
from tests import factories
from tests.conftest import World, signed_in

QUESTION, ANSWER = "Which units were trained, canary-7301?", "The two of the north, canary-7302."


@pytest.fixture
def update(world: World) -> Update:
    return factories.submitted(world.task("2.1"), world.alice)


def say(client: Client, update: Update, text: str, key: str = "", back: str = "") -> int:
    fields = {"text": text, "key": key or str(uuid4()), "back": back}
    return client.post(reverse("comment", args=[update.pk]), fields).status_code


def test_both_sides_ask_and_answer(world: World, update: Update, as_dana: Client, as_alice: Client) -> None:
    say(as_dana, update, QUESTION)
    desk = reverse("update", args=[update.assignment_id])
    assert QUESTION in as_alice.get(desk).content.decode()
    say(as_alice, update, ANSWER)
    assert ANSWER in as_dana.get(reverse("review", args=[update.pk])).content.decode()
    assert ANSWER in signed_in(world.bob).get(desk).content.decode(), "a reader of the stakeholder reads"
    assert list(Comment.objects.values_list("from_secretariat", flat=True)) == [True, False]


def test_the_other_side_is_told_without_the_words(
    world: World, update: Update, as_dana: Client, as_alice: Client
) -> None:
    say(as_dana, update, QUESTION)
    say(as_alice, update, ANSWER)
    told = {mail.person: mail for mail in Mail.objects.select_related("person")}
    assert set(told) == {world.alice, world.dana}
    assert told[world.alice].language == "fr"
    assert all("canary" not in mail.subject + mail.body for mail in told.values())


def test_a_double_click_says_it_once(update: Update, as_alice: Client) -> None:
    key = str(uuid4())
    assert say(as_alice, update, QUESTION, key) == 302
    assert say(as_alice, update, QUESTION, key) == 302
    assert Comment.objects.count() == 1


def test_an_empty_one_is_refused_and_a_long_one_is_kept(update: Update, as_alice: Client) -> None:
    assert say(as_alice, update, " ") == 400
    long = "x" * 3_001
    answer = as_alice.post(reverse("comment", args=[update.pk]), {"text": long, "key": str(uuid4())})
    assert long in answer.content.decode()


def test_readers_and_strangers_say_nothing(world: World, update: Update) -> None:
    assert say(signed_in(world.bob), update, QUESTION) == 403
    assert say(signed_in(world.charlie), update, QUESTION) == 404
    assert not Comment.objects.exists()


def test_officers_do_not_reach_what_was_never_submitted(world: World, as_alice: Client, as_dana: Client) -> None:
    as_alice.post(reverse("update", args=[world.task("1.1").pk]), factories.content(based_on="0", save="1"))
    draft = Update.objects.get()
    assert say(as_dana, draft, QUESTION) == 404
    assert say(as_alice, draft, QUESTION) == 403


def test_it_goes_back_to_its_own_pages_alone(update: Update, as_alice: Client) -> None:
    for back in ("https://elsewhere.example/", "//elsewhere.example"):
        fields = {"text": QUESTION, "key": str(uuid4()), "back": back}
        assert as_alice.post(reverse("comment", args=[update.pk]), fields)["Location"] == reverse("desk")
