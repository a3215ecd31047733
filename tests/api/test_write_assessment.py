"""The Secretariat's program writes an assessment; the stakeholder's replies or declines."""

from progress.models import AssessmentVersion
from tests.api.program import program_of
from tests.conftest import World, signed_in

WORDS = {"language": "en", "rating": "some", "reason": "Two of three units.", "sources": "A/72/19"}


def test_the_whole_way_of_an_assessment(world: World) -> None:
    dana, omar, alice = (program_of(person) for person in (world.dana, world.omar, world.alice))
    path = f"assignments/{world.task('2.1').pk}/assessment"
    saved = dana.ask("PUT", path, WORDS)
    assert (saved.status_code, saved.json()["version"]) == (201, 1)
    assert dana.ask("PUT", path, WORDS | {"rating": "substantial"}).status_code == 428
    shown = dana.ask("POST", f"{path}/show", if_match=saved["ETag"])
    assert shown.json()["state"] == "shown"
    reply = alice.ask("POST", f"{path}/reply", {"language": "en", "text": "Three of three."}, if_match=shown["ETag"])
    assert (reply.status_code, reply.json()["text"]) == (201, "Three of three.")
    assert omar.ask("POST", f"{path}/publish", if_match=shown["ETag"]).json()["state"] == "published"
    assert AssessmentVersion.objects.published().get().reply is not None
    published = omar.ask("GET", path)
    assert published.json()["state"] == "published"
    withdrawn = omar.ask("POST", f"{path}/withdraw", {"reason": "Wrong."}, if_match=published["ETag"])
    assert withdrawn.json()["state"] == "withdrawn"


def test_declining_says_that_there_will_be_no_reply(world: World) -> None:
    dana, alice = program_of(world.dana), program_of(world.alice)
    path = f"assignments/{world.task('2.1').pk}/assessment"
    shown = dana.ask("POST", f"{path}/show", if_match=dana.ask("PUT", path, WORDS)["ETag"])
    declined = alice.ask("POST", f"{path}/decline", if_match=shown["ETag"])
    assert (declined.status_code, declined.json()["text"]) == (201, "")


def test_a_late_save_gets_the_text_that_stands(world: World) -> None:
    dana, omar = program_of(world.dana), program_of(world.omar)
    path = f"assignments/{world.task('2.1').pk}/assessment"
    first = dana.ask("PUT", path, WORDS)
    omar.ask("PUT", path, WORDS | {"reason": "All three."}, if_match=first["ETag"])
    late = dana.ask("PUT", path, WORDS | {"reason": "None."}, if_match=first["ETag"])
    assert late.status_code == 412
    assert late.json()["current"]["text"]["reason"] == "All three."


def test_a_number_that_no_record_can_have_is_not_found(world: World) -> None:
    huge = "9" * 25
    for path in ("assessment/publish", "assessment/reply", "submit"):
        answer = program_of(world.dana).ask("POST", f"assignments/{huge}/{path}", {})
        assert answer.status_code == 404, path
    assert signed_in(world.alice).get(f"/en/assessments/{huge}/").status_code == 404
