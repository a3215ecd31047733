"""Where the proxy sends files, the view still says who may read, and answers with the place instead of the bytes."""

from pathlib import Path
from urllib.parse import unquote

import pytest
from django.http import FileResponse
from django.test import Client
from pytest_django import Settings

from progress import actions
from reports.models import Document
from reports.storage import store
from tests.conftest import World, signed_in
from tests.factories import published, submitted, text_file
from tests.reports.conftest import finish, ordered, told  # noqa: F401 - fixtures of the reports' own stories

KEPT = (
    "Content-Type",
    "Content-Disposition",
    "Cache-Control",
    "Content-Security-Policy",
    "Cross-Origin-Resource-Policy",
)


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR, settings.EVIDENCE_DIR = tmp_path, tmp_path / "evidence"
    settings.PROXY_SENDS_FILES = True
    return tmp_path


@pytest.fixture
def documents_dir(settings: Settings, data: Path) -> Path:
    settings.DOCUMENTS_DIR = data / "documents"
    return data / "documents"


def place(answer: object, data: Path) -> Path:
    """The file that the answer leads the proxy to."""
    address = str(answer["X-Accel-Redirect"])  # type: ignore[index] # an answer of the test client
    assert address.startswith("/protected/")
    return data / unquote(address.removeprefix("/protected/"))


def test_it_works(world: World, as_alice: Client, settings: Settings, data: Path) -> None:
    piece = submitted(world.task("2.1"), world.alice, evidence=text_file("x", "قائمة.txt")).evidence.get()
    answer = as_alice.get(f"/en/evidence/{piece.pk}/")
    assert answer.status_code == 200
    assert answer.content == b""
    assert place(answer, data).read_bytes() == b"Two units."
    settings.PROXY_SENDS_FILES = False
    ours = as_alice.get(f"/en/evidence/{piece.pk}/")
    assert isinstance(ours, FileResponse)
    assert {name: answer[name] for name in KEPT} == {name: ours[name] for name in KEPT}


def test_a_refusal_names_no_place(world: World) -> None:
    piece = submitted(world.task("2.1"), world.alice, evidence=text_file()).evidence.get()
    for client in (Client(), signed_in(world.charlie)):
        answer = client.get(f"/en/evidence/{piece.pk}/")
        assert answer.status_code == 404
        assert "X-Accel-Redirect" not in answer


def test_no_place_is_kept_for_the_next_reader(world: World, client: Client, settings: Settings) -> None:
    settings.PUBLIC_CACHE_SECONDS = 60
    update = published(world.task("2.1"), world.alice, world.dana, evidence=text_file(visibility="public"))
    path = f"/en/evidence/{update.evidence.get().pk}/"
    assert client.get(path).status_code == 200
    actions.withdraw_update(update=update, officer=world.dana, reason="Wrong commitment.")
    assert client.get(path).status_code == 404


def test_a_file_of_a_report(ordered: object, client: Client, data: Path) -> None:  # noqa: F811 - the fixture
    document = Document.objects.get(language="en", format="html")
    finish(document.report)
    document.refresh_from_db()
    path = f"/en/reports/{document.report_id}/en.html"
    assert client.get(path).status_code == 404, "the row is ready, the file is gone"
    store(document.file, b"A report.")
    answer = client.get(path)
    assert place(answer, data).read_bytes() == b"A report."
    assert answer["ETag"] == f'"{document.sha256}"'
