"""An officer stops a report in the making; what is ready stays, and any file can be asked for again."""

from django.test import Client

from reports import actions
from reports.models import Report
from stakeholders.models import DiaryEntry


def test_waiting_files_are_not_made(ordered: Report, as_dana: Client) -> None:
    assert as_dana.post(f"/en/reports/{ordered.pk}/cancel/").status_code == 302
    assert set(ordered.documents.values_list("state", flat=True)) == {"cancelled"}
    assert actions.claim_next_document() is None
    page = as_dana.get(f"/en/reports/{ordered.pk}/").content.decode()
    assert "Cancelled before it was made." in page
    assert DiaryEntry.objects.get(verb="report.cancelled").detail["files"] == 30


def test_a_file_being_made_is_given_up(ordered: Report, as_dana: Client) -> None:
    ordered.documents.exclude(language="en", format="html").delete()
    claimed = actions.claim_next_document()
    assert claimed is not None
    as_dana.post(f"/en/reports/{ordered.pk}/cancel/")
    assert actions.produce_document(claimed) is False
    claimed.refresh_from_db()
    assert (claimed.state, claimed.file) == ("cancelled", "")


def test_what_is_ready_stays(ordered: Report, as_dana: Client) -> None:
    ordered.documents.exclude(language="en", format__in=["html", "csv"]).delete()
    first = actions.claim_next_document()
    assert first is not None
    assert actions.produce_document(first)
    as_dana.post(f"/en/reports/{ordered.pk}/cancel/")
    assert sorted(ordered.documents.values_list("state", flat=True)) == ["cancelled", "ready"]


def test_a_cancelled_file_can_be_asked_for_again(ordered: Report, as_dana: Client) -> None:
    ordered.documents.exclude(language="en", format="csv").delete()
    as_dana.post(f"/en/reports/{ordered.pk}/cancel/")
    document = ordered.documents.get()
    as_dana.post(f"/en/reports/documents/{document.pk}/retry/")
    again = actions.claim_next_document()
    assert again == document
    assert actions.produce_document(again)


def test_cancelling_twice_or_too_late_does_nothing(ordered: Report, as_dana: Client) -> None:
    for _press in range(2):
        as_dana.post(f"/en/reports/{ordered.pk}/cancel/")
    assert DiaryEntry.objects.filter(verb="report.cancelled").count() == 1
