"""A Secretariat officer presses "Compile the review"; workers make the files."""

import json
import threading
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone
from lxml import html
from pytest_django import DjangoAssertNumQueries, Settings

from progress import actions as progress_actions
from progress.models import Update, UpdateTranslation
from reports import actions
from reports.models import Document, Report, Snapshot
from reports.rendering import formats
from reports.rendering.failures import RenderFailed
from reports.rendering.rendered import RenderedFile
from stakeholders.models import User
from tests import factories
from tests.conftest import World

HTML = "html"


def only(report: Report, language: str, format: str = HTML) -> Document:
    """Leave one document to make, so that a test makes one."""
    report.documents.exclude(language=language, format=format).delete()
    return report.documents.get()


def work() -> list[bool]:
    made = []
    while document := actions.claim_next_document():
        made.append(actions.produce_document(document))
    return made


def test_pressing_the_button_orders_every_language_and_format(world: World, as_dana: Client, told: Update) -> None:
    answer = as_dana.post("/en/reports/compile/", {"scope": "whole", "request_key": str(uuid4())})
    report = Report.objects.get()
    assert answer["Location"] == f"/en/reports/{report.pk}/"
    assert report.requested_by == world.dana
    assert {(d.language, d.format) for d in report.documents.all()} == {
        (language, format)
        for language in ("ar", "zh-hans", "en", "fr", "ru", "es")
        for format in ("pdf", "docx", "xlsx", "html", "csv")
    }
    page = as_dana.get(answer["Location"]).content.decode()
    assert "0 of 30 files are ready" in page


def test_pressing_twice_orders_once(world: World, as_dana: Client, told: Update) -> None:
    key = str(uuid4())
    for _press in range(2):
        as_dana.post("/en/reports/compile/", {"scope": "whole", "request_key": key})
    as_dana.post("/en/reports/compile/", {"scope": "whole", "request_key": str(uuid4())})
    assert Report.objects.count() == 1, "another order while the first is being made gives the first"


@pytest.mark.django_db(transaction=True)
def test_two_officers_pressing_at_once_order_one(world: World) -> None:
    start, faults = threading.Barrier(6), []

    def press(officer: User) -> None:
        start.wait()
        try:
            actions.compile_report(cycle=world.cycle, requester=officer, request_key=uuid4())
        except Exception as error:  # noqa: BLE001 - whatever an officer stumbles over fails the test
            faults.append(error)
        finally:
            connection.close()

    pressing = [threading.Thread(target=press, args=[officer]) for officer in (world.dana, world.omar) * 3]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()
    assert faults == []
    report = Report.objects.get()
    assert report.documents.count() == 30
    assert {request.person for request in report.requests.all()} == {world.dana, world.omar}


def test_what_each_language_lacks_stands_on_the_page_before_one_compiles(
    world: World, as_dana: Client, told: Update
) -> None:
    version = told.versions.get()
    made = {"narrative": "Traduit.", "state": "machine", "created_at": timezone.now()}
    UpdateTranslation.objects.create(version=version, language="fr", **made)
    page = html.document_fromstring(as_dana.get("/en/reports/compile/").content)
    cells = {row.xpath("string(th)"): row.xpath("td/text()") for row in page.xpath("//table//tr[th[@scope='row']]")}
    assert cells["English"] == ["1", "0", "0", "0"]
    assert cells["Français"] == ["0", "0", "1", "0"]
    assert cells["العربية"] == ["0", "0", "0", "1"]
    assert not Report.objects.exists()


def test_only_officers_compile(world: World, as_alice: Client, client: Client, told: Update) -> None:
    form = {"scope": "whole", "request_key": str(uuid4())}
    assert as_alice.post("/en/reports/compile/", form).status_code == 404
    assert client.post("/en/reports/compile/", form).status_code == 302
    with pytest.raises(PermissionDenied):
        actions.compile_report(cycle=world.cycle, requester=world.alice, request_key=uuid4())
    assert not Report.objects.exists()


def test_a_cycle_that_has_not_begun_has_nothing_to_report(world: World) -> None:
    planned = progress_actions.plan_cycle(year=2027, quarter=1, actor=None)
    with pytest.raises(ValidationError, match="has not begun"):
        actions.compile_report(cycle=planned, requester=world.dana, request_key=uuid4())


def test_a_worker_makes_the_files_and_everyone_downloads_them(ordered: Report, client: Client) -> None:
    document = only(ordered, "ar")
    assert client.get(f"/en/reports/{ordered.pk}/ar.html").status_code == 404
    assert work() == [True]
    document.refresh_from_db()
    assert document.state == "ready"
    answer = client.get(f"/en/reports/{ordered.pk}/ar.html")
    content = b"".join(answer)  # type: ignore[arg-type] # a streaming answer
    assert len(content) == document.size
    assert answer["Content-Disposition"] == 'attachment; filename="a4p-review-2026-q4-ar.html"'
    assert '<html lang="ar" dir="rtl">' in content.decode()


def test_the_report_holds_what_was_public_then_and_nothing_later(world: World, ordered: Report) -> None:
    factories.published(world.task("1.2"), world.alice, world.dana, at=timezone.now() + timedelta(minutes=1))
    content = json.loads(actions.producing.frozen_content(ordered))
    told = [a["commitment"] for a in content["assignments"] if a["update"]]
    assert told == [world.commitments["2.1"].uid]
    ordered.refresh_from_db()
    assert len(ordered.fingerprint) == 64


def test_drafts_and_submitted_texts_are_in_no_snapshot(world: World, ordered: Report) -> None:
    task = world.task("1.2")
    words = factories.content(narrative="Canary words of a draft.")
    progress_actions.submit_update(assignment=task, author=world.alice, based_on=0, **words)
    assert "Canary" not in actions.producing.frozen_content(ordered)


def test_a_snapshot_is_taken_once_and_kept(world: World, ordered: Report) -> None:
    first = actions.producing.frozen_content(ordered)
    update = Update.objects.get()
    progress_actions.withdraw_update(update=update, officer=world.dana, reason="Wrong.")
    assert actions.producing.frozen_content(ordered) == first
    assert Snapshot.objects.count() == 1


def test_the_snapshot_takes_the_same_queries_however_many_updates(
    world: World, ordered: Report, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    factories.published(world.task("1.2"), world.alice, world.dana)
    factories.published(world.task("1.1", world.beta), world.charlie, world.dana)
    with django_assert_max_num_queries(24):
        actions.producing.frozen_content(ordered)


def test_a_failing_language_says_why_and_the_others_stand(
    ordered: Report, as_dana: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered.documents.exclude(format=HTML).delete()
    render = formats.render_html

    def refuse_chinese(document: object) -> RenderedFile:
        if document.language == "zh-hans":  # type: ignore[attr-defined] # a ReportDocument
            raise RenderFailed("missing_font")
        return render(document)  # type: ignore[arg-type]

    monkeypatch.setattr(formats, "render_html", refuse_chinese)
    assert sorted(work()) == [False, True, True, True, True, True]
    page = as_dana.get(f"/en/reports/{ordered.pk}/").content.decode()
    assert "A font of the program is missing." in page
    monkeypatch.undo()
    failed = ordered.documents.get(state="failed")
    assert as_dana.post(f"/en/reports/documents/{failed.pk}/retry/").status_code == 302
    assert work() == [True]


def test_a_full_disk_leaves_no_stump(ordered: Report, documents_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = only(ordered, "en")

    def no_room(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("stakeholders.files.os.fsync", no_room)
    assert work() == [False]
    document.refresh_from_db()
    assert (document.state, document.failure) == ("failed", "storage")
    assert [p for p in documents_dir.rglob("*") if p.is_file()] == []


def test_only_one_worker_has_a_document(ordered: Report) -> None:
    only(ordered, "en")
    assert actions.claim_next_document() is not None
    assert actions.claim_next_document() is None


def test_a_dead_workers_document_is_taken_over(ordered: Report, settings: Settings) -> None:
    only(ordered, "en")
    dead = actions.claim_next_document()
    assert dead is not None
    later = timezone.now() + timedelta(seconds=settings.DOCUMENT_LEASE_SECONDS + 1)
    heir = actions.claim_next_document(at=later)
    assert heir is not None
    assert actions.produce_document(heir) is True
    assert actions.produce_document(dead) is False, "whoever lost the lease finishes nothing"
    heir.refresh_from_db()
    assert (heir.state, heir.attempts) == ("ready", 2)


def test_a_document_that_kills_its_workers_fails_in_the_end(ordered: Report) -> None:
    document = only(ordered, "en")
    at = timezone.now()
    for _death in range(actions.producing.MOST_ATTEMPTS):
        assert actions.claim_next_document(at=at) is not None
        at += timedelta(minutes=5)
    assert actions.claim_next_document(at=at) is None
    document.refresh_from_db()
    assert (document.state, document.failure) == ("failed", "worker_lost")


def test_a_worker_told_to_stop_gives_the_document_back(ordered: Report) -> None:
    document = only(ordered, "en")
    claimed = actions.claim_next_document()
    assert claimed is not None
    assert actions.produce_document(claimed, must_stop=lambda: True) is False
    document.refresh_from_db()
    assert (document.state, document.attempts) == ("queued", 0)
