"""A report was wrong: an officer issues a correction, and the library shows both."""

import json
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from reports import actions
from reports.actions.producing import frozen_content
from reports.models import Report
from reports.rendering.composition import compose
from stakeholders.models import DiaryEntry
from tests.conftest import World
from tests.reports.conftest import finish

REASON = "Beta's update was missing."


@pytest.fixture
def issued(ordered: Report) -> Report:
    finish(ordered)
    return ordered


def correct(client: Client, report: Report, reason: str = REASON) -> int:
    form = {"reason": reason, "request_key": str(uuid4())}
    return client.post(f"/en/reports/{report.pk}/correct/", form).status_code


def test_the_correction_takes_the_place_of_the_old_report_and_says_why(issued: Report, as_dana: Client) -> None:
    assert correct(as_dana, issued) == 302
    correction = Report.objects.get(supersedes=issued)
    assert correction.documents.count() == 30
    assert correction.extent == issued.extent
    library = as_dana.get("/en/reports/").content.decode()
    assert "Superseded by the report as of" in library
    assert "Supersedes the report as of" in library
    assert library.count("Beta&#x27;s update was missing.") == 2
    entry = DiaryEntry.objects.get(verb="report.ordered", subject_id=str(correction.pk))
    assert entry.detail["reason"] == REASON


def test_the_reason_stands_on_the_cover_of_the_new_one(issued: Report, as_dana: Client) -> None:
    correct(as_dana, issued)
    snapshot = json.loads(frozen_content(Report.objects.get(supersedes=issued)))
    notes = compose(snapshot, "en", fingerprint="").cover_notes
    assert notes[-1] == REASON
    assert notes[-2].startswith("This report supersedes the one as of")


def test_the_old_report_stays_as_it_was(issued: Report, as_dana: Client, client: Client) -> None:
    before = client.get(f"/en/reports/{issued.pk}/manifest.json").content
    correct(as_dana, issued)
    assert client.get(f"/en/reports/{issued.pk}/manifest.json").content == before


def test_a_reason_is_needed_and_what_was_typed_stays(issued: Report, as_dana: Client) -> None:
    assert correct(as_dana, issued, " ") == 400
    assert not Report.objects.filter(supersedes=issued).exists()


def test_blanks_are_no_reason_through_any_door(issued: Report, world: World) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        actions.correct_report(report=issued, requester=world.dana, reason=" \n ", request_key=uuid4())


def test_it_is_superseded_once(issued: Report, as_dana: Client, world: World) -> None:
    assert correct(as_dana, issued) == 302
    assert correct(as_dana, issued) == 400
    with pytest.raises(ValidationError, match="superseded already"):
        actions.correct_report(report=issued, requester=world.dana, reason="Again.", request_key=uuid4())


def test_pressing_twice_corrects_once(issued: Report, world: World) -> None:
    key = uuid4()
    made = {
        actions.correct_report(report=issued, requester=world.dana, reason=REASON, request_key=key).pk
        for _n in range(2)
    }
    assert len(made) == 1


def test_a_report_in_the_making_is_not_corrected(ordered: Report, world: World) -> None:
    with pytest.raises(ValidationError, match="still being made"):
        actions.correct_report(report=ordered, requester=world.dana, reason=REASON, request_key=uuid4())


def test_only_officers_correct(issued: Report, world: World, as_alice: Client) -> None:
    assert correct(as_alice, issued) == 404
    with pytest.raises(PermissionDenied):
        actions.correct_report(report=issued, requester=world.alice, reason=REASON, request_key=uuid4())
