"""Those who write and review read by programs what they read in the browser, and nobody else does."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from progress import actions
from stakeholders.models import DiaryEntry
from tests import factories
from tests.api.program import program_of
from tests.api.test_habits import problem
from tests.api.test_read_publications import rows
from tests.conftest import World, signed_in


def test_a_person_learns_for_whom_they_speak(world: World, client: Client, as_alice: Client) -> None:
    told = rows(as_alice, "me/appointments/")
    assert [(one["stakeholder"], one["role"]) for one in told] == [("state-alpha", "author")]
    answer = client.get("/api/v1/me/appointments/")
    problem(answer, 401, "not_authenticated")
    assert answer.headers["WWW-Authenticate"]


def test_an_author_sees_what_is_asked_and_what_is_written(world: World, as_alice: Client) -> None:
    draft = actions.save_draft(assignment=world.task("2.1"), author=world.alice, based_on=0, **factories.content())
    told = {one["commitment"]: one for one in rows(as_alice, "me/assignments/?open=true")}
    assert told["test-c003"]["update"]["state"] == "draft"
    assert told["test-c001"]["update"] is None
    assert rows(as_alice, "me/assignments/?open=false") == []
    assert [one["commitment"] for one in rows(as_alice, "me/assignments/?kind=expected&area=test-a2")] == ["test-c003"]
    answer = as_alice.get(f"/api/v1/updates/{draft.update_id}/")
    assert (answer.json()["version"], answer.json()["text"]["status"]) == (1, "in_progress")
    assert answer.headers["ETag"].startswith('"v1-')
    again = as_alice.get(f"/api/v1/updates/{draft.update_id}/", headers={"if-none-match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_an_officer_reads_what_was_submitted_and_no_draft(world: World, as_alice: Client, as_dana: Client) -> None:
    update = factories.submitted(world.task("2.1"), world.alice, narrative="First words.")
    actions.return_update(update=update, officer=world.dana, based_on=1, reason="Say more.")
    actions.save_draft(
        assignment=world.task("2.1"), author=world.alice, based_on=1, **factories.content(narrative="Second words.")
    )
    actions.comment(update=update, author=world.dana, text="How many?", key=uuid4())
    address = f"updates/{update.pk}/"
    assert as_alice.get(f"/api/v1/{address}").json()["text"]["narrative"]["text"] == "Second words."
    assert as_dana.get(f"/api/v1/{address}").json()["text"]["narrative"]["text"] == "First words."
    assert [one["number"] for one in rows(as_alice, f"{address}versions/")] == [2, 1]
    assert [one["number"] for one in rows(as_dana, f"{address}versions/")] == [1]
    steps = [
        (one["verb"], one["to_state"], one["reason"] and one["reason"]["text"])
        for one in rows(as_dana, f"{address}transitions/")
    ]
    assert steps == [("return", "returned", "Say more."), ("submit", "submitted", None)]
    (asked,) = rows(as_alice, f"{address}comments/")
    assert (asked["from_secretariat"], asked["text"]["text"], asked["text"]["direction"]) == (True, "How many?", "auto")


def test_evidence_for_the_review_is_for_both_sides_alone(world: World, as_alice: Client, as_dana: Client) -> None:
    update = factories.submitted(world.task("2.1"), world.alice, evidence=factories.text_file())
    for reader in (as_alice, as_dana):
        (told,) = rows(reader, f"updates/{update.pk}/evidence/")
        assert (told["visibility"], told["from_version"], told["until_version"]) == ("review", 1, None)
        assert len(rows(reader, "evidence/")) == 1
    for stranger in (Client(), signed_in(world.charlie)):
        assert rows(stranger, "evidence/") == []
        problem(stranger.get(f"/api/v1/evidence/{told['id']}/"), 404, "not_found")


def test_a_stakeholder_reads_the_assessment_it_was_shown(world: World, as_alice: Client, as_dana: Client) -> None:
    assessment = factories.assessed(world.task("2.1"), world.dana)
    words = {"rating": "none_seen", "reason": "On second thought.", "sources": "A/72/19", "language": "en"}
    actions.save_assessment(assignment=world.task("2.1"), officer=world.dana, based_on=1, **words)
    address = f"/api/v1/assessments/{assessment.pk}/"
    assert as_dana.get(address).json()["text"]["reason"]["text"] == "On second thought."
    assert as_alice.get(address).json()["text"]["reason"]["text"] == "Two of three units."
    assert rows(signed_in(world.charlie), "assessments/") == []


def test_a_stranger_is_told_nothing_and_the_diary_notes_it(world: World) -> None:
    update = factories.submitted(world.task("2.1"), world.alice)
    charlie = signed_in(world.charlie)
    problem(charlie.get(f"/api/v1/updates/{update.pk}/versions/"), 404, "not_found")
    entry = DiaryEntry.objects.get(verb="access.refused")
    assert (entry.actor, entry.door) == (world.charlie, "api")
    assert entry.detail == {
        "method": "GET",
        "route": "api_update_versions",
        "record": f"progress.update:{update.pk}",
    }
    problem(charlie.get("/api/v1/updates/999999/"), 404, "not_found")
    assert DiaryEntry.objects.filter(verb="access.refused").count() == 1


@pytest.mark.parametrize("may", [True, False])
def test_the_diary_is_for_administrators_who_may_see_it(world: World, may: bool) -> None:
    administrator = factories.UserFactory(email="root@un.example", is_staff=True)
    if may:
        administrator.user_permissions.add(Permission.objects.get(codename="view_diaryentry"))
    answer = signed_in(administrator).get("/api/v1/diary/?verb=cycle.opened")
    if not may:
        problem(answer, 404, "not_found")
        return
    told = answer.json()["results"][0]
    entry = DiaryEntry.objects.get(verb="cycle.opened")
    assert (told["number"], told["hash"], told["detail"]) == (entry.number, entry.hash, entry.detail)


def test_a_program_takes_the_file_of_evidence_that_its_person_may_see(world: World, client: Client) -> None:
    update = factories.submitted(world.task("2.1"), world.alice, evidence=factories.text_file(words="canary"))
    piece = update.evidence.get()
    for person in (world.alice, world.dana):
        told = program_of(person).ask("GET", f"evidence/{piece.pk}").json()
        file = program_of(person).ask("GET", f"evidence/{piece.pk}/file", accept="text/plain")
        assert told["download"].endswith(f"/api/v1/evidence/{piece.pk}/file/")
        assert b"".join(file.streaming_content) == b"canary"
        assert file["Content-Disposition"].startswith("attachment")
        assert (file["Cache-Control"], file["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    assert program_of(world.charlie).ask("GET", f"evidence/{piece.pk}/file").status_code == 404
    assert client.get(f"/api/v1/evidence/{piece.pk}/file/").status_code == 404
