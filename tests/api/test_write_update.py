"""A focal point's program writes an update and hands it over; officers' programs decide on it."""

from django.core.files.uploadedfile import SimpleUploadedFile

from progress.models import Update, UpdateVersion
from stakeholders.models import DiaryEntry
from tests import factories
from tests.api.program import program_of, tag
from tests.conftest import World

WORDS = factories.content()


def test_the_whole_way_of_an_update(world: World) -> None:
    alice, dana, omar = (program_of(person) for person in (world.alice, world.dana, world.omar))
    path = f"assignments/{world.task('2.1').pk}"
    saved = alice.ask("PUT", f"{path}/text", WORDS)
    assert (saved.status_code, saved.json()["version"], saved.json()["state"]) == (201, 1, "draft")
    assert alice.ask("GET", f"{path}/text")["ETag"] == saved["ETag"]
    assert saved.json()["text"] == WORDS
    handed = alice.ask("POST", f"{path}/submit", if_match=saved["ETag"])
    assert (handed.status_code, handed.json()["state"]) == (200, "submitted")
    review = f"updates/{handed.json()['id']}"
    returned = dana.ask("POST", f"{review}/return", {"reason": "Which units?"}, if_match=handed["ETag"])
    assert returned.json()["state"] == "returned"
    again = alice.ask("POST", f"{path}/submit", WORDS | {"narrative": "Units A and B."}, if_match=returned["ETag"])
    assert (again.status_code, again.json()["version"], again.json()["state"]) == (200, 2, "submitted")
    accepted = dana.ask("POST", f"{review}/accept", if_match=again["ETag"])
    published = omar.ask("POST", f"{review}/publish", if_match=accepted["ETag"])
    assert published.json()["state"] == "published"
    assert UpdateVersion.objects.published().get().narrative == "Units A and B."
    withdrawn = omar.ask("POST", f"{review}/withdraw", {"reason": "Wrong."}, if_match=published["ETag"])
    assert withdrawn.json()["state"] == "withdrawn"
    assert set(DiaryEntry.objects.filter(verb__startswith="update.").values_list("door", flat=True)) == {"api"}


def test_a_change_says_which_text_it_changes(world: World) -> None:
    alice = program_of(world.alice)
    path = f"assignments/{world.task('2.1').pk}/text"
    first = alice.ask("PUT", path, WORDS)
    assert alice.ask("PUT", path, WORDS | {"narrative": "Other."}).status_code == 428
    second = alice.ask("PUT", path, WORDS | {"narrative": "Other."}, if_match=first["ETag"])
    assert second.status_code == 200
    stale = alice.ask("PUT", path, WORDS | {"narrative": "Third."}, if_match=first["ETag"])
    assert stale.status_code == 412
    assert stale.json()["current"]["text"]["narrative"] == "Other."
    assert stale.json()["current"]["version"] == 2


def test_what_was_never_written_has_no_version_to_name(world: World) -> None:
    alice = program_of(world.alice)
    path = f"assignments/{world.task('2.1').pk}/text"
    for version in (tag(3), "*"):
        assert alice.ask("PUT", path, WORDS, if_match=version).status_code == 412
    assert not Update.objects.exists()
    alice.ask("PUT", path, WORDS)
    other = WORDS | {"narrative": "Other."}
    assert alice.ask("PUT", path, other, if_match='"of another house"').status_code == 412
    assert alice.ask("PUT", path, other, if_match="*").status_code == 200


def test_officers_are_not_told_of_a_draft_in_the_making(world: World) -> None:
    update = factories.published(world.task("2.1"), world.alice, world.dana)
    program_of(world.alice).ask(
        "PUT", f"assignments/{update.assignment_id}/text", WORDS | {"narrative": "Secret."}, if_match=tag(1)
    )
    dana = program_of(world.dana)
    late = dana.ask("POST", f"updates/{update.pk}/accept", if_match=tag(1))
    assert late.status_code == 409
    withdrawn = dana.ask("POST", f"updates/{update.pk}/withdraw", {"reason": "Wrong."}, if_match=tag(1))
    assert withdrawn.status_code == 200
    assert "Secret" not in late.content.decode() + withdrawn.content.decode()


def test_a_request_repeated_because_its_answer_was_lost_saves_once(world: World) -> None:
    alice = program_of(world.alice)
    path = f"assignments/{world.task('2.1').pk}/text"
    first = alice.ask("PUT", path, WORDS)
    for _again in range(2):
        assert alice.ask("PUT", path, WORDS | {"narrative": "Other."}, if_match=first["ETag"]).status_code == 200
    assert Update.objects.get().version == 2


def test_evidence_is_added_and_removed(world: World) -> None:
    alice = program_of(world.alice)
    path = f"assignments/{world.task('2.1').pk}"
    etag = alice.ask("PUT", f"{path}/text", WORDS)["ETag"]
    file = SimpleUploadedFile("list.txt", b"Two units.")
    added = alice.send(f"{path}/evidence", {"title": "A list", "file": file}, if_match=etag)
    assert added.status_code == 201
    linked = alice.ask("POST", f"{path}/evidence", {"symbol": "A/72/19"}, if_match=added["ETag"])
    assert [piece["kind"] for piece in linked.json()["evidence"]] == ["file", "symbol"]
    piece = linked.json()["evidence"][0]["id"]
    removed = alice.ask("DELETE", f"{path}/evidence/{piece}", if_match=linked["ETag"])
    assert [piece["title"] for piece in removed.json()["evidence"]] == ["A/72/19"]
    assert removed.json()["text"] == WORDS


def test_several_are_submitted_each_by_itself(world: World) -> None:
    alice = program_of(world.alice)
    ids = [
        alice.ask("PUT", f"assignments/{world.task(code).pk}/text", WORDS | {"status": status}).json()["id"]
        for code, status in (("1.1", "in_progress"), ("2.1", ""))
    ]
    outcome = alice.ask("POST", "updates/submit", {"updates": ids}).json()
    assert outcome == {"done": 1, "refused": [{"id": ids[1], "reason": "Choose a status."}]}


def test_officers_decide_several(world: World) -> None:
    dana = program_of(world.dana)
    updates = [factories.submitted(world.task(code), world.alice) for code in ("1.1", "2.1")]
    chosen = [{"id": update.pk, "version": n} for update, n in zip(updates, (1, 7), strict=True)]
    outcome = dana.ask("POST", "updates/decide", {"decision": "accept", "updates": chosen}).json()
    assert (outcome["done"], [one["id"] for one in outcome["refused"]]) == (1, [updates[1].pk])
    publish = {"decision": "publish", "updates": chosen[:1]}
    assert program_of(world.dana, "write").ask("POST", "updates/decide", publish).status_code == 403
    assert dana.ask("POST", "updates/decide", publish).json()["done"] == 1


def test_what_is_typed_is_kept_for_its_author_and_thrown_away(world: World) -> None:
    alice = program_of(world.alice)
    path = f"assignments/{world.task('2.1').pk}/typed"
    assert alice.ask("PUT", path, WORDS | {"based_on": 0}).status_code == 204
    assert alice.ask("DELETE", path).status_code == 204


def test_an_approver_agrees_or_sends_back(world: World) -> None:
    alice, approver = program_of(world.alice), factories.UserFactory(name="Ana")
    factories.appointment(approver, world.alpha, "approver")
    ana = program_of(approver)
    assert ana.ask("PUT", "stakeholders/state-alpha/approval", {"needed": True}).json()["needed"] is True
    path = f"assignments/{world.task('2.1').pk}"
    proposed = alice.ask("POST", f"{path}/submit", WORDS)
    assert proposed.json()["state"] == "awaiting_approval"
    back = ana.ask("POST", f"{path}/send-back", {"reason": "More."}, if_match=proposed["ETag"])
    assert back.json()["state"] == "returned"
    again = alice.ask("POST", f"{path}/submit", if_match=back["ETag"])
    assert again.json()["state"] == "awaiting_approval"
    assert ana.ask("POST", f"{path}/approve", if_match=again["ETag"]).json()["state"] == "submitted"
