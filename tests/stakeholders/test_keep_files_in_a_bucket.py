"""Where a bucket is named, evidence and documents lie there; who reads them sees no difference."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from a4p.health import Unready, storage
from progress import storage as evidence_storage
from progress.actions import sweep_unclaimed_files
from progress.bulk import storage as imports_storage
from progress.models import Update
from reports import storage as documents_storage
from reports.actions import verify_document
from reports.models import Document
from stakeholders.buckets import BucketAddress
from tests.conftest import World, signed_in
from tests.factories import published, submitted, text_file
from tests.reports.conftest import ordered, told  # noqa: F401 - fixtures of the reports' own stories


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(service: str, settings: Settings) -> Iterator[Any]:
    address = BucketAddress("files", "tracker", service, "eu-west-1", "key", "secret")
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "eu-west-1"}
    bucket = boto3.resource("s3", endpoint_url=service, **keys).Bucket("files")
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    settings.BUCKET = address
    yield bucket
    bucket.objects.delete()
    bucket.delete()


@pytest.fixture
def documents_dir(bucket: Any) -> None:
    """Of the reports' stories: theirs lie in the bucket as well."""


def names(bucket: Any) -> list[str]:
    return [found.key for found in bucket.objects.all()]


def test_evidence_lies_there_and_is_read_through_the_tracker(world: World, as_alice: Client, bucket: Any) -> None:
    piece = submitted(world.task("2.1"), world.alice, evidence=text_file("x", "x.txt")).evidence.get()
    assert names(bucket) == [f"tracker/evidence/{piece.stored_as}"]
    answer = as_alice.get(f"/en/evidence/{piece.pk}/")
    assert b"".join(answer.streaming_content) == b"Two units."  # type: ignore[attr-defined]
    assert answer["Content-Length"] == "10"
    assert answer["Content-Disposition"] == 'attachment; filename="x.txt"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    assert signed_in(world.charlie).get(f"/en/evidence/{piece.pk}/").status_code == 404
    assert Client().get(f"/en/evidence/{piece.pk}/").status_code == 404


def test_a_proxy_that_sends_files_is_not_asked(world: World, as_alice: Client, bucket: Any, settings: Settings) -> None:
    settings.PROXY_SENDS_FILES = True
    piece = submitted(world.task("2.1"), world.alice, evidence=text_file()).evidence.get()
    answer = as_alice.get(f"/en/evidence/{piece.pk}/")
    assert answer.status_code == 200
    assert "X-Accel-Redirect" not in answer.headers


def test_a_file_that_is_gone_is_not_found(world: World, as_alice: Client, bucket: Any) -> None:
    piece = submitted(world.task("2.1"), world.alice, evidence=text_file()).evidence.get()
    evidence_storage.remove(piece.stored_as)
    evidence_storage.remove(piece.stored_as)
    assert as_alice.get(f"/en/evidence/{piece.pk}/").status_code == 404
    with pytest.raises(FileNotFoundError):
        evidence_storage.read(piece.stored_as)


def test_documents_lie_there_and_are_compared(
    world: World,
    ordered: Any,  # noqa: F811 - the fixture
    bucket: Any,
) -> None:
    document = Document.objects.get(report=ordered, language="en", format="csv")
    content = b"reference,status\n"
    stored = documents_storage.store("2026/x.csv", content)
    facts = {"file": stored.name, "size": stored.size, "sha256": stored.sha256, "state": "ready"}
    Document.objects.filter(pk=document.pk).update(**facts)
    document.refresh_from_db()
    assert names(bucket) == ["tracker/documents/2026/x.csv"]
    answer = Client().get(f"/en/reports/{ordered.pk}/en.csv")
    assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]
    assert verify_document(document) == ["made again, it differs"]
    documents_storage.store("2026/x.csv", b"another")
    assert verify_document(document)[0] == "the stored file is not the one that was issued"
    documents_storage.remove("2026/x.csv")
    assert verify_document(document)[0] == "the stored file is missing"


def test_what_is_to_be_imported_is_read_out_of_it(bucket: Any) -> None:
    name = imports_storage.store(b"code,name\n")
    assert names(bucket) == [f"tracker/imports/{name[:2]}/{name}"]
    with imports_storage.as_path(name) as path:
        assert path.read_bytes() == b"code,name\n"
    assert not path.exists()
    written = next(iter(bucket.objects.all())).last_modified.timestamp()
    assert imports_storage.remove_unclaimed({name}, written + 60) == 0
    assert imports_storage.remove_unclaimed(set(), written + 60) == 1
    with pytest.raises(FileNotFoundError), imports_storage.as_path(name):
        pass


@pytest.mark.django_db
def test_what_no_row_names_is_swept_away_in_time(bucket: Any) -> None:
    evidence_storage.store(b"nobody's")
    written = next(iter(bucket.objects.all())).last_modified
    assert sweep_unclaimed_files(at=written) == 0
    assert sweep_unclaimed_files(at=written + timedelta(days=1, minutes=1)) == 1
    assert names(bucket) == []


def test_its_health_is_looked_at(bucket: Any, settings: Settings) -> None:
    storage()
    assert names(bucket) == []
    settings.BUCKET = BucketAddress("no-such", "", settings.BUCKET.endpoint, "eu-west-1", "key", "secret")
    with pytest.raises((Unready, OSError)):
        storage()


def test_while_it_is_away_nothing_is_half_saved_and_readers_are_asked_to_wait(
    world: World, as_alice: Client, bucket: Any, settings: Settings
) -> None:
    public = text_file("x", "x.txt", visibility="public")
    piece = published(world.task("1.2"), world.alice, world.dana, evidence=public).evidence.get()
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        away = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    settings.BUCKET = BucketAddress("files", "tracker", away, "eu-west-1", "key", "secret")
    with pytest.raises(ValidationError, match="the fault is ours"):
        submitted(world.task("2.1"), world.alice, evidence=text_file())
    assert not Update.objects.filter(assignment=world.task("2.1")).exists()
    answer = Client().get(f"/en/evidence/{piece.pk}/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    with pytest.raises(OSError, match="cannot be reached"):
        storage()


def test_its_secret_is_not_told(bucket: Any, settings: Settings) -> None:
    assert "secret" not in repr(settings.BUCKET)
