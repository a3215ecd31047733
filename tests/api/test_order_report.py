"""An officer's program orders a report, stops it, tries a file again and has the report issued anew."""

from uuid import UUID

from reports.models import Report, Request
from tests.api.program import program_of
from tests.conftest import World


def test_a_report_is_ordered_stopped_tried_again_and_corrected(world: World) -> None:
    dana = program_of(world.dana)
    ordered = dana.ask("POST", "reports/order", {"cycle": world.cycle.key})
    assert (ordered.status_code, len(ordered.json()["documents"])) == (201, 30)
    assert Request.objects.get().person == world.dana
    path = f"reports/{ordered.json()['id']}"
    stopped = dana.ask("POST", f"{path}/cancel")
    assert {one["state"] for one in stopped.json()["documents"]} == {"cancelled"}
    retried = dana.ask("POST", f"{path}/files/fr/pdf/retry")
    assert [(d["language"], d["format"]) for d in retried.json()["documents"] if d["state"] == "queued"] == [
        ("fr", "pdf")
    ]
    dana.ask("POST", f"{path}/cancel")
    corrected = dana.ask("POST", f"{path}/correct", {"reason": "A figure was wrong."})
    assert (corrected.status_code, UUID(corrected.json()["supersedes"])) == (201, UUID(ordered.json()["id"]))


def test_ordering_what_is_in_the_making_gives_it_and_tells_the_second_as_well(world: World) -> None:
    dana, omar = program_of(world.dana), program_of(world.omar)
    first, second = (one.ask("POST", "reports/order", {"cycle": world.cycle.key}) for one in (dana, omar))
    assert first.json()["id"] == second.json()["id"]
    assert {request.person for request in Request.objects.all()} == {world.dana, world.omar}


def test_a_part_of_the_review_is_named_as_in_addresses(world: World) -> None:
    dana = program_of(world.dana)
    for scope, name, value in (("area", "area", "test-a1"), ("dossier", "stakeholder", "state-alpha")):
        ordered = dana.ask("POST", "reports/order", {"cycle": world.cycle.key, "scope": scope, name: value})
        assert ordered.json()[name] == value
    wrong = dana.ask("POST", "reports/order", {"cycle": world.cycle.key, "scope": "area", "area": "no-such-area"})
    assert wrong.status_code == 400
    assert Report.objects.count() == 2
