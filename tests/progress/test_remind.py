"""A Secretariat officer sees who has not answered and reminds them with one click."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from lxml import html

from progress import actions
from progress.models import Reminder
from stakeholders.mail import send_waiting_mail
from stakeholders.models import AppointmentRole, DiaryEntry
from tests import factories
from tests.conftest import World


def rows(client: Client, address: str) -> dict[str, list[str]]:
    page = client.get(address)
    assert page.status_code == 200
    found = html.document_fromstring(page.content).xpath("//table//tr[th[@scope='row']]")
    return {row.xpath("string(th)").strip(): row.xpath("td[@class='num']/text()") for row in found}


def press(client: Client, world: World, by: str, key: str = "") -> str:
    form = {"cycle": world.cycle.pk, "by": by, "key": key}
    answer = client.post("/en/review/board/remind/", form, follow=True)
    return html.document_fromstring(answer.content).xpath("string(//main)")


def test_the_board_counts_answers_by_area_owner_and_stakeholder(world: World, as_dana: Client) -> None:
    factories.published(world.task("1.2"), world.alice, world.dana)
    factories.submitted(world.task("2.1"), world.alice)
    assert rows(as_dana, "/en/review/board/") == {
        "Area 1 (en)": ["2", "1", "1", "1"],
        "Area 2 (en)": ["2", "1", "0", "1"],
        "All": ["4", "2", "1", "2"],
    }
    by_owner = rows(as_dana, "/en/review/board/?by=owner")
    assert by_owner["Member States"] == ["2", "1", "1", "1"]
    assert by_owner["Troop and police contributors"] == ["1", "1", "0", "0"]
    assert list(rows(as_dana, "/en/review/board/?by=stakeholder"))[-1] == "All"
    assert rows(as_dana, "/en/review/board/?by=stakeholder")["Alpha (en)"] == ["2", "2", "1", "0"]


def test_names_are_in_the_readers_language(world: World, as_dana: Client) -> None:
    assert "Area 1 (ar)" in rows(as_dana, "/ar/review/board/")
    assert "Beta (fr)" in rows(as_dana, "/fr/review/board/?by=stakeholder")


def test_one_click_reminds_everyone_silent_in_their_language(world: World, as_dana: Client) -> None:
    said = press(as_dana, world, "area")
    assert "2 stakeholders were reminded. 2 people are told by e-mail." in said
    assert "1 stakeholder could not be reminded: nobody is appointed to write for it." in said
    send_waiting_mail()
    to_alice = next(message for message in mail.outbox if message.to == [world.alice.email])
    assert to_alice.subject == "Comptes rendus attendus : Quatrième trimestre 2026"
    assert "Commitment 1.2 (fr)" in to_alice.body
    assert "Commitment 2.1 (fr)" in to_alice.body
    assert "31 décembre 2026" in to_alice.body
    assert "/fr/desk/" in to_alice.body
    assert [m.to for m in mail.outbox if m.to == [world.bob.email]] == [], "a reader cannot answer"


def test_a_row_reminds_those_in_it_alone(world: World, as_dana: Client) -> None:
    press(as_dana, world, "stakeholder", "state-beta")
    assert [(r.stakeholder, r.told, r.by) for r in Reminder.objects.all()] == [(world.beta, 1, world.dana)]
    assert "10 November 2026" in as_dana.get("/en/review/board/?by=stakeholder").content.decode()


def test_nobody_is_reminded_twice_a_day_or_after_answering(world: World, as_dana: Client) -> None:
    factories.submitted(world.task("1.2", world.beta), world.charlie)
    for _press in range(2):
        said = press(as_dana, world, "area")
    assert "e-mail" not in said
    assert Reminder.objects.count() == 1
    assert "Nobody was reminded" in press(as_dana, world, "stakeholder", "state-beta")
    send_waiting_mail()
    assert [message.to for message in mail.outbox] == [[world.alice.email]]
    tomorrow = factories.NOON + timedelta(days=1)
    assert actions.remind(cycle=world.cycle, officer=world.dana, at=tomorrow) == actions.Reminded(1, 1, 1)


def test_a_returned_update_is_not_an_answer(world: World) -> None:
    update = factories.submitted(world.task("1.2", world.beta), world.charlie)
    actions.return_update(update=update, officer=world.dana, based_on=1, reason="When?")
    assert actions.remind(cycle=world.cycle, officer=world.dana, stakeholder="state-beta") == actions.Reminded(1, 1, 0)


def test_somebody_who_writes_for_two_gets_one_mail(world: World) -> None:
    factories.appointment(world.alice, world.beta, AppointmentRole.APPROVER)
    actions.remind(cycle=world.cycle, officer=world.dana)
    send_waiting_mail()
    (to_alice,) = [message for message in mail.outbox if message.to == [world.alice.email]]
    assert "Alpha (fr)" in to_alice.body
    assert "Beta (fr)" in to_alice.body


def test_it_is_on_the_record(world: World) -> None:
    actions.remind(cycle=world.cycle, officer=world.dana, area="test-a2")
    entry = DiaryEntry.objects.get(verb="cycle.reminded")
    assert entry.detail == {"stakeholders": ["state-alpha"], "told": 1}


def test_only_officers_remind_and_only_while_answers_are_taken(world: World, as_alice: Client) -> None:
    assert as_alice.post("/en/review/board/remind/", {"cycle": world.cycle.pk, "by": "area"}).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.remind(cycle=world.cycle, officer=world.alice)
    actions.close_cycle(cycle=world.cycle, actor=None)
    with pytest.raises(ValidationError, match="is not open"):
        actions.remind(cycle=world.cycle, officer=world.dana)


@pytest.mark.parametrize("query", ["by=colour", "cycle=2031-q1"])
def test_an_address_that_names_no_board_is_not_found(world: World, as_dana: Client, query: str) -> None:
    assert as_dana.get(f"/en/review/board/?{query}").status_code == 404
