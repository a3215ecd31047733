"""Handing an appointment over: the successor has what is open, the predecessor nothing, and the diary says so."""

from django.test import Client
from django.urls import reverse

from progress import actions
from stakeholders.models import Appointment, DiaryEntry, User
from tests import factories
from tests.conftest import World, signed_in

NADIA = {"email": "nadia@alpha.example", "name": "Nadia", "language": "ar"}


def draft(world: World) -> None:
    actions.save_draft(assignment=world.task("2.1"), author=world.alice, based_on=0, **factories.content())  # type: ignore[arg-type] # the names are Content's


def page_of(appointment: Appointment) -> str:
    return reverse("hand_over", args=[appointment.pk])


def test_the_successor_goes_on_where_the_predecessor_stopped(world: World, as_dana: Client) -> None:
    draft(world)
    theirs = world.alice.appointments.get()
    page = as_dana.get(page_of(theirs)).content.decode()
    assert "What passes on" in page
    assert "Commitment 2.1" in page
    as_dana.post(page_of(theirs), NADIA)
    nadia, task = User.objects.get(email="nadia@alpha.example"), reverse("update", args=[world.task("2.1").pk])
    assert "Two units were trained" in signed_in(nadia).get(task).content.decode()
    assert signed_in(world.alice).get(task).status_code == 404
    entry = DiaryEntry.objects.get(verb="update.passed_on")
    assert entry.detail["updates"] == [world.task("2.1").update.pk]
    assert nadia.appointments.get().role == theirs.role


def test_it_goes_to_somebody_else_and_only_while_it_is_held(world: World, as_dana: Client) -> None:
    theirs = world.alice.appointments.get()
    refused = as_dana.post(page_of(theirs), NADIA | {"email": world.alice.email})
    assert refused.status_code == 400
    assert "Name somebody else" in refused.content.decode()
    as_dana.post(page_of(theirs), NADIA)
    assert as_dana.post(page_of(theirs), NADIA).status_code == 404


def test_both_or_neither(world: World, as_dana: Client) -> None:
    """A successor who has the same appointment already stops the whole."""
    theirs = world.alice.appointments.get()
    as_dana.post(reverse("team", args=["state-alpha"]), NADIA | {"role": "author"})
    assert as_dana.post(page_of(theirs), NADIA).status_code == 400
    theirs.refresh_from_db()
    assert theirs.ended_at is None


def test_not_by_strangers_or_authors(world: World, as_alice: Client) -> None:
    theirs = world.bob.appointments.get()
    assert as_alice.get(page_of(theirs)).status_code == 404
    assert signed_in(world.charlie).post(page_of(theirs), NADIA).status_code == 404
