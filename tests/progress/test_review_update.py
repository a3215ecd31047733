"""A Secretariat officer reads, returns, accepts, publishes and withdraws."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from progress import actions
from progress.conflicts import Conflict, StaleVersion
from progress.models import Update, UpdateVersion
from stakeholders.models import AppointmentRole
from tests.conftest import World, signed_in
from tests.factories import NOON, appointment, content, published, submitted


def decide(client: Client, update: Update, decision: str, based_on: int = 1, reason: str = "") -> int:
    data = {"decision": decision, "based_on": based_on, "reason": reason}
    return client.post(f"/en/review/{update.pk}/", data).status_code


def test_return_correct_accept_publish(world: World, as_dana: Client, as_alice: Client) -> None:
    update = submitted(world.task("2.1"), world.alice)
    assert decide(as_dana, update, "return", reason="Say when.") == 302
    page = as_alice.get(f"/en/desk/assignments/{update.assignment_id}/").content.decode()
    assert "Say when." in page
    form = {"based_on": 1, "submit": "1", **content(narrative="Two units were trained in May.")}
    assert as_alice.post(f"/en/desk/assignments/{update.assignment_id}/", form).status_code == 302
    assert decide(as_dana, update, "accept", based_on=2) == 302
    assert not UpdateVersion.objects.published().exists()
    assert decide(as_dana, update, "publish", based_on=2) == 302
    version = UpdateVersion.objects.published().get()
    assert (version.number, version.published_by) == (2, world.dana)
    steps = list(update.transitions.values_list("verb", flat=True))
    assert steps == ["publish", "accept", "submit", "return", "submit"]


@pytest.mark.parametrize("decision", ["return", "withdraw"])
def test_a_reason_is_required(world: World, as_dana: Client, decision: str) -> None:
    update = published(world.task("2.1"), world.alice, world.dana)
    if decision == "return":
        update = submitted(world.task("1.1"), world.alice)
    answer = as_dana.post(f"/en/review/{update.pk}/", {"decision": decision, "based_on": 1, "reason": " "})
    assert answer.status_code == 400
    assert answer.context["form"].errors["reason"] == ["Give the reason; the author sees nothing else."]


def test_an_unknown_decision_is_refused(world: World, as_dana: Client) -> None:
    assert decide(as_dana, submitted(world.task("2.1"), world.alice), "burn") == 400


def test_a_decision_on_a_text_that_moved_on_is_refused(world: World, as_dana: Client) -> None:
    update = submitted(world.task("2.1"), world.alice)
    actions.return_update(update=update, officer=world.dana, based_on=1, reason="Again.", at=NOON)
    actions.submit_update(
        assignment=update.assignment,
        author=world.alice,
        based_on=1,
        at=NOON,
        **content(narrative="Now different."),
    )
    assert decide(as_dana, update, "accept", based_on=1) == 409
    update.refresh_from_db()
    assert update.state == "submitted"
    with pytest.raises(StaleVersion):
        actions.accept_update(update=update, officer=world.dana, based_on=1)


def test_a_step_out_of_turn_is_a_conflict(world: World) -> None:
    update = submitted(world.task("2.1"), world.alice)
    with pytest.raises(Conflict, match="Submitted"):
        actions.publish_update(update=update, officer=world.dana, based_on=1)


def test_publication_takes_two_people(world: World) -> None:
    appointment(world.dana, world.secretariat, AppointmentRole.AUTHOR)
    update = submitted(world.task("2.2", world.secretariat), world.dana)
    actions.accept_update(update=update, officer=world.dana, based_on=1)
    with pytest.raises(PermissionDenied):
        actions.publish_update(update=update, officer=world.dana, based_on=1)
    update.refresh_from_db()
    assert update.state == "accepted"
    actions.publish_update(update=update, officer=world.omar, based_on=1)
    assert UpdateVersion.objects.published().exists()


def test_a_correction_changes_nothing_public_until_it_is_published(world: World, as_alice: Client) -> None:
    update = published(world.task("2.1"), world.alice, world.dana)
    later = NOON + timedelta(days=1)
    words = content(narrative="A correction in the making.")
    actions.submit_update(assignment=update.assignment, author=world.alice, based_on=1, at=later, **words)
    assert UpdateVersion.objects.published().get().number == 1
    update.refresh_from_db()
    actions.accept_update(update=update, officer=world.dana, based_on=2, at=later)
    actions.publish_update(update=update, officer=world.dana, based_on=2, at=later)
    assert UpdateVersion.objects.published().get().number == 2
    assert UpdateVersion.objects.published(NOON).get().number == 1, "what was public then is still known"


def test_withdrawn_is_out_of_view_and_a_correction_goes_on(world: World) -> None:
    update = published(world.task("2.1"), world.alice, world.dana)
    actions.save_draft(
        assignment=update.assignment, author=world.alice, based_on=1, at=NOON, **content(narrative="Next.")
    )
    update.refresh_from_db()
    actions.withdraw_update(update=update, officer=world.dana, reason="Wrong commitment.")
    update.refresh_from_db()
    assert update.state == "draft"
    assert not UpdateVersion.objects.published().exists()
    with pytest.raises(ValidationError, match="not public"):
        actions.withdraw_update(update=update, officer=world.dana, reason="Once more.")


def test_officers_do_not_see_what_was_never_submitted(world: World, as_dana: Client) -> None:
    task = world.task("2.1")
    version = actions.save_draft(assignment=task, author=world.alice, based_on=0, at=NOON, **content())
    assert as_dana.get(f"/en/review/{version.update_id}/").status_code == 404
    assert as_dana.get(f"/en/desk/assignments/{task.pk}/").status_code == 404


def test_officers_see_the_submitted_text_and_not_the_draft_after_it(world: World, as_dana: Client) -> None:
    update = submitted(world.task("2.1"), world.alice)
    actions.return_update(update=update, officer=world.dana, based_on=1, reason="Say when.")
    actions.save_draft(
        assignment=update.assignment,
        author=world.alice,
        based_on=1,
        at=NOON,
        **content(narrative="Half a thought"),
    )
    page = as_dana.get(f"/en/review/{update.pk}/").content.decode()
    assert content()["narrative"] in page
    assert "Half a thought" not in page


def test_for_everybody_else_the_review_desk_does_not_exist(world: World) -> None:
    update = submitted(world.task("2.1"), world.alice)
    for person in (world.alice, world.bob, world.charlie):
        client = signed_in(person)
        for path in ("/en/review/", f"/en/review/{update.pk}/", "/en/review/cycles/"):
            assert client.get(path).status_code == 404
        assert decide(client, update, "accept") == 404
        with pytest.raises(PermissionDenied):
            actions.accept_update(update=update, officer=person, based_on=1)
