"""Appointing somebody for a stakeholder, inviting them, and ending it; by officers, and by approvers for their own."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stakeholders import actions
from stakeholders.mail import send_waiting_mail
from stakeholders.models import Appointment, AppointmentRole, DiaryEntry, Invitation, User
from tests import factories
from tests.conftest import World, signed_in

NADIA = {"email": "nadia@alpha.example", "name": "Nadia", "language": "ar", "role": "author"}
PASSWORD = "a-better-secret-2026"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def ursula(world: World) -> User:
    """Approver for Alpha."""
    ursula: User = factories.UserFactory(email="ursula@alpha.example", name="Ursula")
    factories.appointment(ursula, world.alpha, AppointmentRole.APPROVER)
    return ursula


def appoint(client: Client, code: str = "state-alpha", **changes: str) -> str:
    return client.post(reverse("team", args=[code]), NADIA | changes, follow=True).content.decode()


def link() -> str:
    send_waiting_mail()
    found = re.search(r"http://127.0.0.1:8000(/\S+/invitations/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def accept(path: str, **changes: str) -> str:
    fields = {"name": "Nadia N.", "password": PASSWORD} | changes
    return Client().post(path, fields, follow=True).content.decode()


def may_sign_in(email: str, password: str = PASSWORD) -> Client | None:
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return client if client.get(reverse("account")).status_code == 200 else None


def test_an_officer_appoints_and_the_person_opens_an_account(world: World, as_dana: Client) -> None:
    page = appoint(as_dana)
    assert "Nadia is appointed and is told by e-mail." in page
    assert "Invited; has not opened the account yet" in page
    path = link()
    assert path.startswith("/ar/"), "the mail and its link are in the language of the reader"
    accept(path)
    nadia = may_sign_in("nadia@alpha.example")
    assert nadia is not None
    assert nadia.get(reverse("update", args=[world.task("2.1").pk])).status_code == 200
    assert User.objects.get(email="nadia@alpha.example").name == "Nadia N."
    verbs = set(DiaryEntry.objects.values_list("verb", flat=True))
    assert {"appointment.made", "person.invited", "invitation.accepted"} <= verbs


def test_an_invitation_works_once(world: World, as_dana: Client) -> None:
    appoint(as_dana)
    path = link()
    accept(path)
    accept(path, password="another-secret-2026")
    assert Client().get(path).status_code == 404
    assert may_sign_in("nadia@alpha.example", "another-secret-2026") is None


def test_an_invitation_runs_out_and_a_new_one_replaces_it(world: World, as_dana: Client) -> None:
    appoint(as_dana)
    first, nadia = link(), User.objects.get(email="nadia@alpha.example")
    as_dana.post(reverse("invite_again", args=[nadia.pk]))
    second = link()
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(second).status_code == 404


def test_inviting_again_with_a_double_click_sends_one_mail(world: World, as_dana: Client) -> None:
    appoint(as_dana)
    nadia = User.objects.get(email="nadia@alpha.example")
    fields = {"instead_of": str(nadia.invitations.get().pk)}
    for _click in range(2):
        as_dana.post(reverse("invite_again", args=[nadia.pk]), fields)
    assert nadia.invitations.count() == 2
    assert 'name="instead_of" value="' in as_dana.get(reverse("people")).content.decode()


def test_of_two_who_accept_at_once_one_is_let_in(world: World, as_dana: Client) -> None:
    appoint(as_dana)
    token = link().rstrip("/").rsplit("/", 1)[-1]
    seen_by_both = [actions.find_invitation(token) for _n in range(2)]
    assert seen_by_both[0] is not None
    assert seen_by_both[1] is not None
    actions.accept_invitation(invitation=seen_by_both[0], name="Nadia", password=PASSWORD)
    with pytest.raises(ValidationError, match="has been used"):
        actions.accept_invitation(invitation=seen_by_both[1], name="Somebody", password="stolen-secret-2026")
    assert may_sign_in("nadia@alpha.example") is not None


def test_a_weak_password_is_refused_and_the_name_is_kept(world: World, as_dana: Client) -> None:
    appoint(as_dana, language="en")
    page = accept(link(), password="12345678")
    assert 'id="id_password_error"' in page
    assert 'value="Nadia N."' in page


def test_an_approver_keeps_their_own_team(world: World, ursula: User) -> None:
    client = signed_in(ursula)
    assert "Nadia is appointed" in appoint(client)
    assert client.get(reverse("team", args=["state-beta"])).status_code == 404
    assert client.post(reverse("team", args=["state-beta"]), NADIA).status_code == 404
    bob = world.bob.appointments.get()
    client.post(reverse("end_appointment", args=[bob.pk]))
    bob.refresh_from_db()
    assert (bob.ended_by, bob.ended_at is None) == (ursula, False)


def test_an_approver_makes_no_approvers_and_ends_none(world: World, ursula: User) -> None:
    client = signed_in(ursula)
    assert 'id="id_role_error"' in appoint(client, role="approver")
    another: User = factories.UserFactory()
    theirs = factories.appointment(another, world.alpha, AppointmentRole.APPROVER)
    assert client.post(reverse("end_appointment", args=[theirs.pk])).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.appoint(
            person=another,
            stakeholder=world.alpha,
            role=AppointmentRole.APPROVER,
            starts_on=world.cycle.opens_on,
            actor=ursula,
        )
    theirs.refresh_from_db()
    assert theirs.ended_at is None


def test_authors_and_readers_keep_no_team(world: World, as_alice: Client) -> None:
    bob = world.bob.appointments.get()
    assert as_alice.get(reverse("team", args=["state-alpha"])).status_code == 404
    assert as_alice.post(reverse("end_appointment", args=[bob.pk])).status_code == 404


def test_a_right_that_ends_is_gone_at_the_next_request(world: World, as_alice: Client, as_dana: Client) -> None:
    task = reverse("update", args=[world.task("2.1").pk])
    assert as_alice.get(task).status_code == 200
    as_dana.post(reverse("end_appointment", args=[world.alice.appointments.get().pk]))
    assert as_alice.get(task).status_code == 404
    assert as_alice.post(task, factories.content(based_on="0")).status_code == 404


def test_somebody_with_an_account_is_told_and_appointed_again_after_an_end(world: World, as_dana: Client) -> None:
    for _time in range(2):
        page = appoint(as_dana, email=world.charlie.email, name="ignored")
        assert "Charlie is appointed" in page
        theirs = Appointment.objects.get(person=world.charlie, stakeholder=world.alpha, ended_at__isnull=True)
        as_dana.post(reverse("end_appointment", args=[theirs.pk]))
    send_waiting_mail()
    assert "You were appointed for Alpha" in mail.outbox[-1].subject


def test_the_same_appointment_twice_is_refused_and_nothing_typed_is_lost(world: World, as_dana: Client) -> None:
    appoint(as_dana)
    page = appoint(as_dana)
    assert "This person has this appointment already." in page
    assert 'value="nadia@alpha.example"' in page
    assert Appointment.objects.filter(person__email="nadia@alpha.example").count() == 1


def test_a_closed_account_is_not_appointed(world: World, as_dana: Client) -> None:
    as_dana.post(reverse("close_account", args=[world.charlie.pk]))
    assert "The account of this person was closed." in appoint(as_dana, email=world.charlie.email)


def test_an_appointment_ends_on_its_day(world: World, as_dana: Client) -> None:
    appoint(as_dana, ends_on_day="31", ends_on_month="12", ends_on_year="2026")
    theirs = Appointment.objects.get(person__email="nadia@alpha.example")
    assert theirs.ends_on is not None
    assert (theirs.ends_on.day, theirs.ends_on.month) == (31, 12)
    assert Appointment.objects.on(theirs.ends_on).filter(pk=theirs.pk).exists()
    assert not Appointment.objects.on(theirs.ends_on + timedelta(days=1)).filter(pk=theirs.pk).exists()
    assert "Enter a valid date." in appoint(as_dana, ends_on_day="31", ends_on_month="2", ends_on_year="2027")


def test_an_officer_makes_an_officer(world: World, as_dana: Client) -> None:
    fields = {"email": "paula@un.example", "name": "Paula", "language": "es"}
    as_dana.post(reverse("invite_officer"), fields)
    paula = User.objects.get(email="paula@un.example")
    assert paula.is_officer
    accept(link(), name="Paula")
    client = Client()
    client.post(reverse("account_login"), {"login": paula.email, "password": PASSWORD})
    assert client.get(reverse("inbox"))["Location"] == reverse("mfa_activate_totp")


def test_making_officers_and_closing_accounts_asks_who_it_is_once_more(world: World) -> None:
    dana = signed_in(world.dana, confirmed=False)
    answer = dana.post(reverse("close_account", args=[world.charlie.pk]))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    world.charlie.refresh_from_db()
    assert world.charlie.is_active
    dana.post(answer["Location"], {"password": "secret-of-tests"})
    world.charlie.refresh_from_db()
    assert not world.charlie.is_active, "what was asked for is done once it is clear who asks"


def test_nobody_closes_their_own_account(world: World, as_dana: Client) -> None:
    assert as_dana.post(reverse("close_account", args=[world.dana.pk])).status_code == 403


def test_people_are_found_by_name_address_and_stakeholder(world: World, as_dana: Client) -> None:
    for wanted, found, hidden in (
        ("ali", "Alice", "Charlie"),
        ("beta.example", "Charlie", "Alice"),
        ("Beta", "Charlie", "Bob"),
    ):
        page = as_dana.get(reverse("people"), {"q": wanted}).content.decode()
        table = page[page.index("<tbody>") : page.index("</tbody>")]
        assert found in table
        assert hidden not in table


def test_the_first_officer_is_invited_by_a_command(world: World) -> None:
    call_command("invite_officer", "first@un.example", "First", "--language", "fr")
    accept(link(), name="First")
    assert User.objects.get(email="first@un.example").is_officer
    with pytest.raises(CommandError):
        call_command("invite_officer", "first@un.example", "First")
