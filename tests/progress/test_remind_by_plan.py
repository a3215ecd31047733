"""On the days of the plan whoever owes an answer gets one digest, in their morning; what is sent is never stale."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.test import Client
from lxml import html

from progress import actions
from progress.models import Notice, NoticeReason, Reminder, ReminderPlan
from stakeholders.mail import send_waiting_mail
from stakeholders.models import AppointmentRole, DiaryEntry, DropReason, Mail, User
from tests import factories
from tests.conftest import World, signed_in
from tests.together import together

FORTNIGHT = datetime(2026, 12, 17, 9, tzinfo=UTC)  # 14 days before the due date of the fourth quarter
WEEK = datetime(2026, 12, 24, 9, tzinfo=UTC)
AFTER = datetime(2027, 1, 3, 9, tzinfo=UTC)  # the first planned day after it
DAY = timedelta(days=1)


def send(at: datetime) -> dict[str, EmailMessage]:
    """Everything that goes out at that time, by whom it goes to."""
    before = len(mail.outbox)
    send_waiting_mail(at=at)
    return {message.to[0]: message for message in mail.outbox[before:]}


def remind_and_send(at: datetime) -> dict[str, EmailMessage]:
    actions.remind_by_plan(at=at)
    return send(at)


def change(person: User, **fields: object) -> None:
    User.objects.filter(pk=person.pk).update(**fields)


def test_those_who_owe_get_a_digest_in_their_language(world: World) -> None:
    sent = remind_and_send(FORTNIGHT)
    assert set(sent) == {world.alice.email, world.charlie.email}, "readers and officers are not reminded"
    to_alice = sent[world.alice.email]
    assert to_alice.subject == "Comptes rendus attendus : Quatrième trimestre 2026"
    for words in ("Alpha (fr)", "Commitment 1.2 (fr)", "Commitment 2.1 (fr)", "31 décembre 2026", "/fr/desk/"):
        assert words in to_alice.body
    assert "Beta" not in to_alice.body
    assert "Commitment 1.1" not in to_alice.body, "an invitation is not owed"


def test_it_is_on_the_record(world: World) -> None:
    actions.remind_by_plan(at=FORTNIGHT)
    entry = DiaryEntry.objects.get(verb="cycle.reminded")
    assert (entry.actor, entry.detail) == (None, {"stakeholders": ["state-alpha", "state-beta"], "told": 2})
    assert {(r.stakeholder, r.told, r.by) for r in Reminder.objects.all()} == {
        (world.alpha, 1, None),
        (world.beta, 1, None),
    }


def test_the_clock_may_ask_as_often_as_it_likes(world: World) -> None:
    assert [actions.remind_by_plan(at=FORTNIGHT + timedelta(minutes=10 * n)) for n in range(4)] == [2, 0, 0, 0]
    assert actions.remind_by_plan(at=FORTNIGHT + DAY) == 0
    assert actions.remind_by_plan(at=WEEK) == 2
    assert actions.remind_by_plan(at=FORTNIGHT - 2 * DAY) == 0


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_remind_once(world: World) -> None:
    assert sorted(together(lambda: actions.remind_by_plan(at=FORTNIGHT), times=3)) == [0, 0, 2]
    assert Notice.objects.count() == Mail.objects.count() == 2


def test_it_comes_in_the_morning_of_where_the_person_is(world: World) -> None:
    change(world.alice, time_zone="America/New_York")
    change(world.charlie, time_zone="Pacific/Auckland")
    evening = datetime(2026, 12, 16, 19, 5, tzinfo=UTC)
    assert remind_and_send(evening - timedelta(minutes=10)) == {}
    assert set(remind_and_send(evening)) == {world.charlie.email}, "in Auckland the day has come, and its eighth hour"
    assert remind_and_send(FORTNIGHT + timedelta(hours=3)) == {}, "seven o'clock in New York"
    assert set(remind_and_send(FORTNIGHT + timedelta(hours=4))) == {world.alice.email}
    assert set(Notice.objects.values_list("on", flat=True)) == {FORTNIGHT.date()}


def test_somebody_who_writes_for_two_gets_one(world: World) -> None:
    factories.appointment(world.alice, world.beta, AppointmentRole.APPROVER)
    to_alice = remind_and_send(FORTNIGHT)[world.alice.email]
    assert "Alpha (fr)" in to_alice.body
    assert "Beta (fr)" in to_alice.body
    assert Notice.objects.filter(person=world.alice).count() == 2


def test_two_open_cycles_are_one_digest(world: World) -> None:
    next_cycle = factories.open_cycle(2027, 1, at=AFTER)
    before_due = (next_cycle.due_on - AFTER.date()).days
    plan = dict.fromkeys(("member_states", "contributors"), f"-3, {before_due}")
    actions.change_reminder_plan(days=plan, officer=world.dana)
    to_alice = remind_and_send(AFTER)[world.alice.email]
    assert to_alice.subject == "Comptes rendus attendus : Quatrième trimestre 2026, Premier trimestre 2027"
    assert to_alice.body.count("Alpha (fr)") == 2


def test_a_day_that_passed_without_a_clock_is_made_up_for_but_not_for_ever(world: World) -> None:
    assert actions.remind_by_plan(at=FORTNIGHT + 4 * DAY) == 0
    assert actions.remind_by_plan(at=FORTNIGHT + 3 * DAY) == 2
    assert actions.remind_by_plan(at=FORTNIGHT + 3 * DAY) == 0


def test_the_button_and_the_plan_tell_nobody_twice_a_day(world: World) -> None:
    actions.remind(cycle=world.cycle, officer=world.dana, at=FORTNIGHT, stakeholder="state-beta")
    assert set(remind_and_send(FORTNIGHT)) == {world.alice.email, world.charlie.email}
    assert actions.remind(cycle=world.cycle, officer=world.dana, at=FORTNIGHT) == actions.Reminded(0, 0, 1)
    assert send(FORTNIGHT) == {}
    assert Mail.objects.count() == 2


def test_a_closed_cycle_reminds_nobody(world: World) -> None:
    actions.close_cycle(cycle=world.cycle, actor=None)
    assert actions.remind_by_plan(at=FORTNIGHT) == 0


class TestWhatIsSentIsNeverStale:
    def test_what_was_answered_since_is_left_out(self, world: World) -> None:
        factories.appointment(world.alice, world.beta, AppointmentRole.APPROVER)
        actions.remind_by_plan(at=FORTNIGHT)
        factories.submitted(world.task("1.2"), world.alice, at=FORTNIGHT)
        factories.submitted(world.task("1.2", world.beta), world.charlie, at=FORTNIGHT)
        sent = send(FORTNIGHT)
        assert set(sent) == {world.alice.email}
        assert "Commitment 2.1 (fr)" in sent[world.alice.email].body
        assert "Commitment 1.2" not in sent[world.alice.email].body
        why = {(n.person, n.reminder.stakeholder): n.left_out for n in Notice.objects.all()}
        assert why == {
            (world.alice, world.alpha): "",
            (world.alice, world.beta): DropReason.NOTHING_DUE,
            (world.charlie, world.beta): DropReason.NOTHING_DUE,
        }
        dropped = Mail.objects.get(person=world.charlie)
        assert (dropped.sent_at, dropped.dropped_because) == (None, DropReason.NOTHING_DUE)

    def test_whose_appointment_ended_is_told_nothing(self, world: World) -> None:
        actions.remind_by_plan(at=FORTNIGHT)
        world.alice.appointments.update(ended_at=FORTNIGHT, ended_by=world.dana)
        assert set(send(FORTNIGHT)) == {world.charlie.email}

    def test_after_the_closing_nothing_goes_out(self, world: World) -> None:
        actions.remind_by_plan(at=FORTNIGHT)
        actions.close_cycle(cycle=world.cycle, actor=None)
        assert send(FORTNIGHT) == {}
        assert set(Mail.objects.values_list("dropped_because", flat=True)) == {DropReason.NOTHING_DUE}

    def test_a_mail_server_down_for_two_days_delays_it_and_it_says_what_holds_then(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(self: EmailMessage, fail_silently: bool = False) -> int:
            raise ConnectionRefusedError(111, "Connection refused")

        with monkeypatch.context() as patch:
            patch.setattr(EmailMessage, "send", refuse)
            remind_and_send(FORTNIGHT)
            send(FORTNIGHT + DAY)
        factories.submitted(world.task("2.1"), world.alice, at=FORTNIGHT + DAY)
        assert send(FORTNIGHT + 2 * DAY - timedelta(hours=6)) == {}, "not at three in the morning"
        sent = send(FORTNIGHT + 2 * DAY)
        assert set(sent) == {world.alice.email, world.charlie.email}
        assert "Commitment 2.1" not in sent[world.alice.email].body
        assert send(FORTNIGHT + 3 * DAY) == {}
        assert Mail.objects.get(person=world.alice).trouble == ""

    def test_a_later_digest_takes_the_place_of_one_that_still_waits(self, world: World) -> None:
        actions.remind_by_plan(at=FORTNIGHT)
        actions.remind_by_plan(at=WEEK)
        assert send_waiting_mail(at=WEEK) == 2
        assert Mail.objects.filter(dropped_because=DropReason.REPLACED).count() == 2
        assert Notice.objects.filter(left_out=DropReason.REPLACED, on=FORTNIGHT.date()).count() == 2


class TestEscalation:
    def test_deputies_are_told_once_the_due_date_is_past(self, world: World) -> None:
        deputy = factories.UserFactory(email="deputy@alpha.example", name="Deputy")
        factories.appointment(deputy, world.alpha, AppointmentRole.DEPUTY)
        assert deputy.email not in remind_and_send(WEEK)
        to_deputy = remind_and_send(AFTER)[deputy.email]
        assert "were due on 31 December 2026 and are still taken until 15 January 2027" in to_deputy.body
        assert Notice.objects.get(person=deputy).reason == NoticeReason.STANDS_IN

    def test_a_deputy_with_nobody_above_is_told_from_the_start(self, world: World) -> None:
        world.alice.appointments.update(role=AppointmentRole.DEPUTY)
        assert world.alice.email in remind_and_send(FORTNIGHT)

    def test_officers_are_told_once_of_those_whom_nobody_can_tell(self, world: World) -> None:
        change(world.charlie, wants_digests=False)
        assert world.dana.email not in remind_and_send(WEEK)
        sent = remind_and_send(AFTER)
        assert set(sent) == {world.alice.email, world.dana.email, world.omar.email}
        body = sent[world.dana.email].body
        assert "Secretariat (en)" in body
        assert "Beta (en)" in body
        assert "Alpha" not in body
        assert "Secretariat (ar)" in sent[world.omar.email].body
        for later in (AFTER + DAY, AFTER + 7 * DAY):
            assert world.dana.email not in remind_and_send(later)

    def test_not_if_somebody_was_appointed_before_it_is_sent(self, world: World) -> None:
        actions.remind_by_plan(at=AFTER)
        factories.appointment(world.bob, world.secretariat, AppointmentRole.AUTHOR)
        assert world.dana.email not in send(AFTER)


class TestThePlan:
    def test_officers_change_it(self, world: World, as_dana: Client) -> None:
        page = as_dana.get("/en/review/reminders/")
        assert page.context["form"].initial["hosts"] == "14, 7, 1, -3, -10"
        form = {**page.context["form"].initial, "member_states": "1 30，−5 30", "hosts": ""}
        assert as_dana.post("/en/review/reminders/", form).status_code == 302
        stored = dict(ReminderPlan.objects.values_list("owner_kind", "days"))
        assert stored == {"member_states": "30, 1, -5", "hosts": ""}
        lines = DiaryEntry.objects.filter(verb="plan.changed", actor=world.dana)
        assert {"kind": "hosts", "before": [14, 7, 1, -3, -10], "after": []} in [line.detail for line in lines]

    def test_it_holds_from_then_on(self, world: World) -> None:
        actions.change_reminder_plan(days={"member_states": "", "contributors": "20"}, officer=world.dana)
        assert remind_and_send(FORTNIGHT) == {}
        assert set(remind_and_send(FORTNIGHT - 6 * DAY)) == {world.alice.email}

    @pytest.mark.parametrize("days", ["soon", "14, 91", "-61", "1.5", ",".join(map(str, range(11)))])
    def test_days_that_make_no_sense_are_refused_by_name(self, world: World, as_dana: Client, days: str) -> None:
        answer = as_dana.post("/en/review/reminders/", {"hosts": "3", "contributors": days})
        assert answer.status_code == 400
        assert set(answer.context["form"].errors) == {"contributors"}
        assert days in answer.content.decode(), "what was typed is not lost"
        assert not ReminderPlan.objects.exists()

    def test_only_officers_do(self, world: World, as_alice: Client) -> None:
        assert as_alice.post("/en/review/reminders/", {"hosts": "3"}).status_code == 404
        with pytest.raises(PermissionDenied):
            actions.change_reminder_plan(days={"hosts": "3"}, officer=world.alice)
        with pytest.raises(ValidationError):
            actions.change_reminder_plan(days={"collective": "3"}, officer=world.dana)


class TestTheProof:
    @pytest.fixture
    def rows(self, as_dana: Client) -> Callable[..., list[str]]:
        def read(query: str = "") -> list[str]:
            page = html.document_fromstring(as_dana.get(f"/en/review/reminders/sent/?{query}").content)
            return [" ".join(row.text_content().split()) for row in page.xpath("//tbody/tr")]

        return read

    def test_it_says_who_was_told_when_and_by_which_mail(self, world: World, rows: Callable[..., list[str]]) -> None:
        actions.remind_by_plan(at=FORTNIGHT)
        assert all("Waits to be sent" in row for row in rows())
        send(FORTNIGHT)
        told = next(row for row in rows() if row.startswith("Alpha (en) Alice"))
        assert "17 December 2026" in told
        assert "to alice@alpha.example" in told
        assert Mail.objects.get(person=world.alice).message_id in told

    def test_and_why_not(self, world: World, rows: Callable[..., list[str]], as_dana: Client) -> None:
        change(world.charlie, wants_digests=False)
        actions.remind_by_plan(at=FORTNIGHT)
        change(world.alice, is_active=False)
        assert any("Beta (en) Charlie" in row and "unsubscribed" in row for row in rows())
        assert any("Alpha (en) Alice" in row and "The account is closed" in row for row in rows())
        left = html.document_fromstring(as_dana.get("/en/review/reminders/sent/").content)
        (listed,) = left.xpath("//section[@aria-labelledby='unsubscribed']//li")
        assert listed.text_content() == "Charlie, Beta (en)"

    def test_it_is_filtered_and_paged(self, world: World, rows: Callable[..., list[str]]) -> None:
        for _n in range(26):
            factories.appointment(factories.UserFactory(), world.alpha, AppointmentRole.APPROVER)
        actions.remind_by_plan(at=FORTNIGHT)
        assert [len(rows()), len(rows("page=2"))] == [25, 3]
        assert len(rows("stakeholder=state-beta")) == 1
        assert len(rows("stakeholder=nobody")) == 25

    def test_an_unknown_cycle_is_not_found(self, world: World, as_dana: Client) -> None:
        assert as_dana.get("/en/review/reminders/sent/?cycle=2031-q1").status_code == 404
        assert signed_in(world.alice).get("/en/review/reminders/sent/").status_code == 404
