"""An issued report never changes: made again from its frozen data, every file is the same, byte for byte."""

import hashlib
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from progress import actions as progress_actions
from progress.models import Update
from reports import actions, storage
from reports.actions import producing
from reports.models import Report, Snapshot
from stakeholders.models import Stakeholder
from tests import factories
from tests.conftest import World


def made(report: Report, **which: str) -> Report:
    report.documents.exclude(**which).delete()
    while document := actions.claim_next_document():
        assert actions.produce_document(document), document.failure
    return report


def change_the_world(world: World) -> None:
    later = timezone.now() + timedelta(hours=1)
    progress_actions.withdraw_update(update=Update.objects.get(), officer=world.dana, reason="Wrong.", at=later)
    factories.published(world.task("1.2"), world.alice, world.dana, at=later)
    Stakeholder.objects.filter(pk=world.alpha.pk).update(name_en="Renamed", name_ar="اسم آخر")
    producing._last.clear()


def test_every_format_is_the_same_when_it_is_made_again(world: World, ordered: Report) -> None:
    made(ordered, language="ar")
    change_the_world(world)
    words = io.StringIO()
    call_command("verify_report", str(ordered.pk), stdout=words)
    assert words.getvalue().count("the same") == 5


def test_the_manifest_tells_each_file_again(world: World, ordered: Report, client: Client) -> None:
    made(ordered, language="en")
    manifest = client.get(f"/en/reports/{ordered.pk}/manifest.json").json()
    snapshot = Snapshot.objects.get(report=ordered)
    assert manifest["data_sha256"] == hashlib.sha256(snapshot.content.encode()).hexdigest()
    assert manifest["software_version"] == "0.1.0"
    assert manifest["complete"] is True
    assert [file["format"] for file in manifest["files"]] == ["csv", "docx", "html", "pdf", "xlsx"]
    for file in manifest["files"]:
        content = b"".join(client.get(f"/en/reports/{ordered.pk}/en.{file['format']}"))  # type: ignore[arg-type] # streaming
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["bytes"], file["sha256"])


def test_the_manifest_of_an_unfinished_report_says_so(ordered: Report, client: Client) -> None:
    manifest = client.get(f"/en/reports/{ordered.pk}/manifest.json").json()
    assert (manifest["complete"], manifest["files"]) == (False, [])


def test_a_file_that_was_tampered_with_is_found(ordered: Report, documents_dir: Path) -> None:
    made(ordered, language="en", format="csv")
    path = storage.place().path_of(ordered.documents.get().file)
    assert path
    path.write_bytes(path.read_bytes().replace(b"trained", b"retired"))
    with pytest.raises(CommandError, match="1 differences"):
        call_command("verify_report", str(ordered.pk), stdout=io.StringIO())
