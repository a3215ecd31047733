"""Where a stakeholder wants it so, an approver agrees before the Secretariat sees anything."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from progress import actions
from progress.models import Update
from stakeholders.models import AppointmentRole, Stakeholder, User
from tests import factories
from tests.conftest import World, signed_in


@pytest.fixture
def ursula(world: World) -> User:
    """Approver for Alpha, which wants approval."""
    ursula: User = factories.UserFactory(email="ursula@alpha.example", name="Ursula")
    factories.appointment(ursula, world.alpha, AppointmentRole.APPROVER)
    signed_in(ursula).post(reverse("set_approval", args=["state-alpha"]), {"needed": "1"})
    return ursula


def submit(client: Client, world: World, **changes: str) -> str:
    fields = factories.content(based_on="0", submit="1", **changes)
    return client.post(reverse("update", args=[world.task("2.1").pk]), fields, follow=True).content.decode()


def decide(client: Client, world: World, **fields: str) -> int:
    return client.post(reverse("approve", args=[world.task("2.1").pk]), fields).status_code


def test_an_author_hands_over_and_an_approver_submits(world: World, ursula: User, as_alice: Client) -> None:
    assert "Handed to your approver" in submit(as_alice, world)
    update = Update.objects.get()
    assert update.state == "awaiting_approval"
    assert signed_in(world.dana).get(reverse("review", args=[update.pk])).status_code == 404
    page = signed_in(ursula).get(reverse("update", args=[world.task("2.1").pk])).content.decode()
    assert "Do you agree to this text?" in page
    decide(signed_in(ursula), world, approve="1", based_on="1")
    update.refresh_from_db()
    assert update.state == "submitted"
    version = update.versions.get()
    assert (version.author, version.submitted_at is None) == (world.alice, False)
    assert signed_in(world.dana).get(reverse("review", args=[update.pk])).status_code == 200


def test_an_approver_sends_it_back_with_a_reason(world: World, ursula: User, as_alice: Client) -> None:
    submit(as_alice, world)
    decide(signed_in(ursula), world, send_back="1", based_on="1")
    assert Update.objects.get().state == "awaiting_approval", "a reason is needed"
    decide(signed_in(ursula), world, send_back="1", based_on="1", reason="Name the units.")
    page = as_alice.get(reverse("update", args=[world.task("2.1").pk])).content.decode()
    assert "Sent back by your approver" in page
    assert "Name the units." in page


def test_an_approver_submits_their_own_text_directly(world: World, ursula: User) -> None:
    assert "Submitted to the Secretariat" in submit(signed_in(ursula), world)
    assert Update.objects.get().state == "submitted"


def test_the_author_may_change_it_while_it_waits(world: World, ursula: User, as_alice: Client) -> None:
    submit(as_alice, world)
    fields = factories.content(based_on="1", submit="1", narrative="Three units were trained.")
    as_alice.post(reverse("update", args=[world.task("2.1").pk]), fields)
    assert decide(signed_in(ursula), world, approve="1", based_on="1") == 302
    assert Update.objects.get().state == "awaiting_approval", "the approver had read another text"
    decide(signed_in(ursula), world, approve="1", based_on="2")
    assert Update.objects.get().state == "submitted"


def test_nobody_else_agrees(world: World, ursula: User, as_alice: Client) -> None:
    submit(as_alice, world)
    for person, answer in ((world.alice, 403), (world.bob, 403), (world.charlie, 404), (world.dana, 404)):
        assert decide(signed_in(person), world, approve="1", based_on="1") == answer
    with pytest.raises(PermissionDenied):
        actions.approve_update(update=Update.objects.get(), approver=world.alice, based_on=1)
    assert Update.objects.get().state == "awaiting_approval"


def test_officers_cannot_return_what_they_have_not_got(world: World, ursula: User, as_alice: Client) -> None:
    submit(as_alice, world)
    update = Update.objects.get()
    answer = signed_in(world.dana).post(
        reverse("review", args=[update.pk]), {"decision": "return", "based_on": "1", "reason": "No."}
    )
    assert answer.status_code == 404


def test_it_is_switched_by_those_who_keep_the_team(world: World, ursula: User, as_alice: Client) -> None:
    assert as_alice.post(reverse("set_approval", args=["state-alpha"]), {"needed": "0"}).status_code == 404
    assert Stakeholder.objects.get(code="state-alpha").needs_approval
    signed_in(ursula).post(reverse("set_approval", args=["state-alpha"]), {"needed": "0"})
    assert not Stakeholder.objects.get(code="state-alpha").needs_approval
    assert "Submitted to the Secretariat" in submit(as_alice, world)
