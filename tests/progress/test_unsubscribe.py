"""A digest carries the way out of digests: a link for people, and one for mail programs (RFC 8058)."""

import re
from email.message import Message

import pytest
from django.core import mail
from django.core.signing import Signer
from django.test import Client
from lxml import html

from progress import actions
from stakeholders import actions as people
from stakeholders.mail import queue_mail, send_waiting_mail
from stakeholders.models import DiaryEntry, DropReason, Mail
from stakeholders.unsubscribing import link_for
from tests.conftest import World
from tests.progress.test_remind_by_plan import FORTNIGHT, remind_and_send


@pytest.fixture
def digest(world: World) -> Message:
    """Alice's, as her mail program gets it."""
    return remind_and_send(FORTNIGHT)[world.alice.email].message()


def path_in(digest: Message) -> str:
    found = re.fullmatch(r"<http://127\.0\.0\.1:8000(/\S+)>", digest["List-Unsubscribe"])
    assert found
    return found[1]


def wants(world: World) -> bool:
    world.alice.refresh_from_db()
    return world.alice.wants_digests


def test_the_link_asks_first_and_the_button_does_it(world: World, digest: Message) -> None:
    path, visitor = path_in(digest), Client(enforce_csrf_checks=True)
    assert path in digest.get_payload(decode=True).decode()  # type: ignore[union-attr]
    page = visitor.get(path)
    assert wants(world), "mail filters open links too"
    (button,) = html.document_fromstring(page.content).xpath("//main//form[@method='post']//button")
    assert button is not None
    done = visitor.post(path)
    assert done.status_code == 200
    assert not wants(world)
    assert html.document_fromstring(done.content).xpath("//main//form") == []
    assert remind_and_send(FORTNIGHT.replace(day=24)) != {}, "others still are reminded"
    assert world.alice.email not in [to for message in mail.outbox[2:] for to in message.to]


def test_a_mail_program_does_it_with_one_request(world: World, digest: Message) -> None:
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    visitor = Client(enforce_csrf_checks=True)
    for _twice in range(2):
        assert visitor.post(path_in(digest), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not wants(world)
    assert DiaryEntry.objects.filter(verb="digests.unsubscribed", actor=world.alice).count() == 1


def test_the_words_are_those_of_the_person(world: World, digest: Message) -> None:
    assert path_in(digest).startswith("/fr/unsubscribe/")


@pytest.mark.parametrize("forged", ["1", "1:abc", "x", Signer().sign("1")])
def test_nobody_is_unsubscribed_by_guessing(world: World, client: Client, forged: str) -> None:
    for answer in (client.get(f"/en/unsubscribe/{forged}/"), client.post(f"/en/unsubscribe/{forged}/")):
        assert answer.status_code == 404
    assert wants(world)


def test_it_holds_for_a_digest_that_is_queued_already(world: World) -> None:
    actions.remind_by_plan(at=FORTNIGHT)
    people.unsubscribe(person=world.alice)
    send_waiting_mail(at=FORTNIGHT)
    row = Mail.objects.get(person=world.alice)
    assert (row.sent_at, row.dropped_because) == (None, DropReason.UNSUBSCRIBED)


def test_it_stops_digests_only(world: World) -> None:
    people.unsubscribe(person=world.alice)
    queue_mail(person=world.alice, fact="account", subject="Compte", body="Mot de passe")
    assert send_waiting_mail() == 1
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_the_board_says_who_cannot_be_reminded_for_it(world: World, as_dana: Client) -> None:
    people.unsubscribe(person=world.charlie)
    done = actions.remind(cycle=world.cycle, officer=world.dana, stakeholder="state-beta")
    assert done == actions.Reminded(0, 0, 0, 1)
    form = {"cycle": world.cycle.pk, "by": "stakeholder", "key": "state-beta"}
    answer = as_dana.post("/en/review/board/remind/", form, follow=True)
    assert "whoever may write for it has unsubscribed" in answer.content.decode()


def test_an_officer_needs_no_second_factor_for_it(world: World) -> None:
    visitor = Client()
    visitor.force_login(world.dana)
    path = link_for(world.dana).removeprefix("http://127.0.0.1:8000")
    assert visitor.post(path).status_code == 200
    world.dana.refresh_from_db()
    assert not world.dana.wants_digests
