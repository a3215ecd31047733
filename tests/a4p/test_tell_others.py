"""Errors and traces go to services of others when settings name them: that something happened, never what was typed."""

import gzip
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import brotli
import pytest
import sentry_sdk
from django.db import DataError, connection
from django.test import Client
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.trace import get_tracer

from a4p import error_reports, request_id, traces
from tests.conftest import World, signed_in

ROOT = Path(__file__).resolve().parent.parent.parent
NUMBER = "0123456789abcdef0123456789abcdef"


class Listener(ThreadingHTTPServer):
    """A service that takes whatever it is sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taker)
        self.taken: list[tuple[str, bytes]] = []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def everything(self) -> bytes:
        return b"\n".join(path.encode() + b"\n" + body for path, body in self.taken)


class Taker(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        unpack = {"gzip": gzip.decompress, "br": brotli.decompress}.get(self.headers["Content-Encoding"], bytes)
        self.server.taken.append((self.path, unpack(body)))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def broken(*arguments: Any, **named: Any) -> None:
    secret = "canary-variable"  # noqa: F841 - a variable that must not be sent
    raise DataError("Key (email)=(canary@alpha.example) already exists") from KeyError("canary")


def go_through_doors(world: World) -> None:
    """With words in every part of a request; some break."""
    alice = signed_in(world.alice)
    alice.raise_request_exception = False
    headers = {"user-agent": "canary", "referer": "https://canary.example/", "x-request-id": NUMBER}
    assert alice.get("/en/desk/?canary=canary", headers=headers).status_code == 200
    assert alice.get("/en/search/?q=canary-searched", headers=headers).status_code == 200
    assert Client().get("/en/invitations/canary-token/", headers=headers).status_code == 404
    task = world.task("2.1")
    words = {"based_on": "0", "narrative": "canary-narrative", "language": "en", "email": "canary@alpha.example"}
    Client().post("/en/login/", {"login": "canary@alpha.example", "password": "canary"}, headers=headers)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("progress.views.writing.UpdateForm", broken)
        alice.post(f"/en/desk/assignments/{task.pk}/", words, headers=headers)
    with connection.execute_wrapper(broken):
        assert Client(raise_request_exception=False).get("/en/?q=canary", headers=headers).status_code == 500


def assert_nobody_is_told(sent: bytes) -> None:
    for secret in (b"canary", b"alice", b"alpha.example", b"secret-of-tests", b"sessionid", b"Cookie", b"127.0.0.1"):
        at = sent.lower().find(secret.lower())
        assert at < 0, (secret, sent[max(0, at - 200) : at + 200])


@pytest.fixture
def sentry(listener: Listener) -> Iterator[Listener]:
    error_reports.start(dsn=f"http://public@{listener.address}/7", environment="tests", version="0.1.0")
    yield listener
    sentry_sdk.get_client().close()
    sentry_sdk.init()


def events_of(listener: Listener) -> list[dict[str, Any]]:
    sentry_sdk.flush(10)
    found = []
    for path, body in listener.taken:
        assert path == "/api/7/envelope/"
        lines = body.split(b"\n")
        found += [json.loads(lines[n + 1]) for n, line in enumerate(lines) if line.startswith(b'{"type":"event"')]
    return found


def test_an_error_is_told_without_a_word_of_anybody(world: World, sentry: Listener) -> None:
    go_through_doors(world)
    with request_id.within(NUMBER):
        logging.getLogger("reports").error("document %s failed", 7)
    events = events_of(sentry)
    assert len(events) >= 2
    told = next(event for event in events if event["logentry"]["message"] == "answered 500 at home")
    kinds = [value["type"] for value in told["exception"]["values"]]
    assert "DataError" in kinds
    assert "KeyError" in kinds
    frames = [frame for value in told["exception"]["values"] for frame in value["stacktrace"]["frames"]]
    assert "broken" in {frame["function"] for frame in frames}
    assert not any("vars" in frame or "context_line" in frame for frame in frames)
    assert told["tags"]["request"] == NUMBER
    assert (told["release"], told["environment"]) == ("0.1.0", "tests")
    assert any(event["logentry"]["message"] == "document 7 failed" for event in events)
    own = [event for event in events if event["logentry"]["message"] == "answered 500 at update"]
    assert [event["user"] for event in own] == [{"id": str(world.alice.pk)}]
    assert_nobody_is_told(sentry.everything.replace(f"public@{sentry.address}".encode(), b""))


def spans_of(listener: Listener) -> list[Any]:
    found = []
    for path, body in listener.taken:
        assert path == "/v1/traces"
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            found += [span for scope in resource.scope_spans for span in scope.spans]
    return found


def test_traces_name_routes_and_no_addresses(world: World, listener: Listener) -> None:
    provider = traces.start(endpoint=f"http://{listener.address}", version="0.1.0")
    try:
        go_through_doors(world)
        with get_tracer("tests", tracer_provider=provider).start_as_current_span("work") as span:
            span.set_attribute("db.statement", "SELECT 'canary'")
            span.record_exception(ValueError("canary"))
        assert Client().get("/healthz", headers={"host": "10.0.0.9"}).status_code == 200
    finally:
        traces.stop(provider)
    spans = {span.name: span for span in spans_of(listener)}
    (desk,) = [span for name, span in spans.items() if "desk/" in name and "<" not in name]
    attributes = {a.key: a.value.string_value or a.value.int_value for a in desk.attributes}
    assert attributes["a4p.request"] == NUMBER
    assert attributes["http.status_code"] == 200
    (event,) = spans["work"].events
    assert {a.key: a.value.string_value for a in event.attributes} == {"exception.type": "ValueError"}
    assert b"a4p-tracker" in listener.everything
    assert_nobody_is_told(listener.everything)


def test_nothing_of_them_is_loaded_while_they_are_off(tmp_path: Path) -> None:
    code = (
        "import django, sys; django.setup(); import a4p.wsgi;"
        "print([m for m in sys.modules if m in ('sentry_sdk', 'boto3', 'opentelemetry.instrumentation', 'a4p.traces')])"
    )
    assert run(tmp_path, code, {}).stdout.strip() == "[]"


def test_a_library_that_is_missing_is_named_with_the_way_to_have_it(tmp_path: Path) -> None:
    """A finder that knows nothing of them stands for an installation without the extras."""
    hide = (
        "import sys\n"
        "class Hidden:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('sentry_sdk', 'opentelemetry', 'boto3'):\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Hidden())\n"
        "import a4p.settings\n"
    )
    wanted = {"SENTRY_DSN": "https://public@sentry.example/7", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"}
    told = run(tmp_path, hide, {**wanted, "STORAGE_URL": "s3://bucket"}).stderr
    assert "SENTRY_DSN is given, but sentry_sdk is not installed: pip install --require-hashes -r requirements/" in told
    assert "OTEL_EXPORTER_OTLP_ENDPOINT is given, but opentelemetry.sdk, " in told
    assert "STORAGE_URL is given, but boto3 is not installed" in told


def run(folder: Path, code: str, more: dict[str, str]) -> subprocess.CompletedProcess[str]:
    own = {"DATA_DIR": str(folder), "SECRET_KEY": "enough", "DJANGO_SETTINGS_MODULE": "a4p.settings"}
    environment = {"PATH": os.environ["PATH"], **own, **more}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
