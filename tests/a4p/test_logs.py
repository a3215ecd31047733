"""Operators read what happened, where and to which number; nothing that anybody has typed gets into a line."""

import io
import json
import logging
from collections.abc import Iterator
from smtplib import SMTPRecipientsRefused
from typing import Any
from unittest.mock import patch

import pytest
from celery import Celery
from celery.contrib.testing.worker import start_worker
from django.core.mail import EmailMessage
from django.db import DataError, connection
from django.test import Client
from pytest_django import Settings

from a4p import celery_app, request_id
from a4p.logs import JsonFormatter, TextFormatter, configuration
from stakeholders.mail import queue_mail, send_waiting_mail
from tests import factories
from tests.conftest import World, signed_in
from tests.machine import wait_until

NUMBER = "0123456789abcdef0123456789abcdef"


class Log:
    def __init__(self, formatter: logging.Formatter) -> None:
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(formatter)
        self.root = logging.getLogger()
        self.level = self.root.level

    def listen(self) -> None:
        self.root.addHandler(self.handler)
        self.root.setLevel(logging.DEBUG)

    def close(self) -> None:
        self.root.removeHandler(self.handler)
        self.root.setLevel(self.level)

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def of(self, logger: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["logger"] == logger]


@pytest.fixture
def log() -> Iterator[Log]:
    """Everything that any logger says, as production writes it with LOG_FORMAT=json."""
    yield from _written(JsonFormatter())


@pytest.fixture
def text_log() -> Iterator[Log]:
    yield from _written(TextFormatter())


def _written(formatter: logging.Formatter) -> Iterator[Log]:
    log = Log(formatter)
    log.listen()
    yield log
    log.close()


def broken(*arguments: Any) -> None:
    raise DataError("Key (email)=(canary@alpha.example) already exists, canary-of-the-database") from KeyError("canary")


def test_a_request_is_one_line(world: World, log: Log) -> None:
    answer = signed_in(world.alice).get("/en/desk/", headers={"x-request-id": NUMBER})
    (line,) = log.of("a4p.request")
    assert answer["X-Request-ID"] == NUMBER
    at, milliseconds, queries = (line.pop(name) for name in ("at", "milliseconds", "queries"))
    assert at.startswith("2026-11-10T12:00:0")
    assert milliseconds > 0
    assert queries > 0
    assert line == {
        "level": "INFO",
        "logger": "a4p.request",
        "message": "answered",
        "request": NUMBER,
        "route": "desk",
        "method": "GET",
        "status": 200,
        "user": world.alice.pk,
    }


@pytest.mark.parametrize("asked", ["", "canary", "alice@alpha.example-0123", "x" * 32, "0" * 65, f"{NUMBER}\nmore"])
def test_a_number_that_could_be_a_word_is_not_taken(client: Client, db: None, log: Log, asked: str) -> None:
    answer = client.get("/robots.txt", headers={"x-request-id": asked})
    assert len(answer["X-Request-ID"]) == 32
    assert answer["X-Request-ID"] != asked
    assert log.of("a4p.request")[0]["request"] == answer["X-Request-ID"]
    assert request_id.current.get() == ""


def test_an_error_says_its_kind_and_its_place(client: Client, world: World, log: Log) -> None:
    client.raise_request_exception = False
    with connection.execute_wrapper(broken):
        assert client.get("/en/", headers={"x-request-id": NUMBER}).status_code == 500
    (line,) = log.of("django.request")
    assert line["message"] == "answered 500 at home"
    assert (line["request"], line["level"]) == (NUMBER, "ERROR")
    kinds = [error["type"] for error in line["error"]]
    assert kinds[-1] == "KeyError"
    assert any(kind.endswith("DataError") for kind in kinds)
    assert any(frame.startswith("reports/") for error in line["error"] for frame in error["frames"])


def test_the_same_for_eyes(client: Client, world: World, text_log: Log) -> None:
    client.raise_request_exception = False
    with connection.execute_wrapper(broken):
        client.get("/en/", headers={"x-request-id": NUMBER})
    lines = text_log.text.splitlines()
    assert any(line.endswith(f" ERROR django.request answered 500 at home request={NUMBER}") for line in lines)
    assert "  KeyError" in lines
    assert any("a4p.request answered route=home method=GET status=500" in line for line in lines)
    assert "canary" not in text_log.text


def wander(world: World) -> None:
    """Through many doors, with words that must not be seen; some of them break."""
    with connection.execute_wrapper(broken):
        for client in (Client(), signed_in_before(world)):
            client.raise_request_exception = False
            for path in ("/en/", "/en/desk/", "/api/v1/", "/admin/", "/en/search/?q=canary-searched"):
                client.get(path)
    stranger, alice, dana = Client(), signed_in(world.alice), signed_in(world.dana)
    stranger.post("/en/login/", {"login": "canary@alpha.example", "password": "canary-password"})
    stranger.post("/en/login/", {"login": "alice@alpha.example", "password": "canary-password"})
    stranger.post("/en/password/", {"email": "canary@alpha.example"})
    stranger.get("/en/invitations/canary-token/")
    stranger.get("/en/unsubscribe/canary-token/")
    stranger.get("/en/password/set/canary-canary/")
    stranger.get("/en/canary-path/?canary=canary", headers={"user-agent": "canary", "referer": "https://canary/"})
    stranger.get("/en/", headers={"host": "canary.example"})
    stranger.get("/en/", headers={"cookie": "sessionid=canary", "authorization": "Bearer canary"})
    stranger.get("/canary\x00/")
    strict = Client(enforce_csrf_checks=True)
    strict.post("/en/login/", {"login": "canary@alpha.example", "password": "canary-password"})
    task = world.task("2.1")
    words = {"based_on": "0", "narrative": "canary-narrative", "status": "canary-status", "language": "en"}
    for address in (f"/en/desk/assignments/{task.pk}/", f"/en/desk/assignments/{world.task('1.1', world.beta).pk}/"):
        alice.post(address, {**words, "submit": "1"})
        alice.post(address, {**words, "file": factories.text_file("canary-title", "canary-file.txt").file})
    alice.get("/en/search/?q=canary-searched")
    dana.get("/en/people/?q=canary-person")
    dana.post("/en/people/", {"email": "canary@un.example", "name": "Canary Name"})
    dana.post(f"/en/team/{world.alpha.code}/", {"email": "canary@alpha.example", "name": "Canary"})
    dana.post("/api/v1/updates/", "{canary", content_type="application/json")


def signed_in_before(world: World) -> Client:
    with patch.object(connection, "execute_wrappers", []):
        return signed_in(world.alice)


@pytest.mark.parametrize("kind", ["json", "text"])
def test_nothing_that_was_typed_is_in_any_line_or_figure(
    world: World, settings: Settings, kind: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    written: Log = request.getfixturevalue("log" if kind == "json" else "text_log")
    settings.METRICS_TOKEN = "a-token-for-the-scraper"
    wander(world)
    queue_mail(person=world.alice, fact="canary", subject="canary", body="canary", at=factories.NOON)

    def refuse(self: EmailMessage, fail_silently: bool = False) -> int:
        raise SMTPRecipientsRefused({"canary@alpha.example": (550, b"canary")})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    send_waiting_mail()
    told = written.text
    assert told.count("a4p.request") > 25
    assert "SMTPRecipientsRefused" in told
    assert "DataError" in told
    visited = {"update", "people", "team", "search", "account_login", "account_reset_password", "invitation", "home"}
    assert {name for name in visited if name not in told} == set()
    page = Client().get("/metrics", headers={"authorization": f"Bearer {settings.METRICS_TOKEN}"}).content.decode()
    assert "a4p_requests_total" in page
    for secret in ("canary", "alice", "alpha.example", "secret-of-tests", settings.SECRET_KEY):
        assert secret not in told.lower(), [line for line in told.splitlines() if secret in line.lower()][:3]
        assert secret not in page.lower()


def test_libraries_keep_the_words_of_their_programmers_alone(log: Log) -> None:
    logging.getLogger("celery.worker").info("Task %s received", "reports.tasks.wake")
    logging.getLogger("gunicorn.error").error("Error handling request %s", "/en/invitations/canary/")
    logging.getLogger("some.library").error("canary %s", "canary")
    try:
        raise ValueError("canary")
    except ValueError:
        logging.getLogger("reports").exception("document %s failed", 7)
    lines = {line["logger"]: line for line in log.lines}
    assert lines["celery.worker"]["message"] == "Task reports.tasks.wake received"
    assert lines["gunicorn.error"]["message"] == "Error handling request %s"
    assert lines["some.library"]["message"].startswith("test_logs:")
    assert lines["reports"]["message"] == "document 7 failed"
    assert lines["reports"]["error"][0]["type"] == "ValueError"
    assert "canary" not in log.text


def test_a_developer_sees_everything() -> None:
    kept = configuration(level="DEBUG", format="json", candid=True)["formatters"]["line"]
    assert kept == {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}


@pytest.mark.slow
def test_the_number_goes_with_a_message_to_the_worker_and_its_lines(log: Log, db: None) -> None:
    seen: list[tuple[str, str]] = []

    app = Celery("tests", broker="memory://", set_as_current=False)

    @app.task(name="tests.tell")
    def tell() -> None:
        seen.append((request_id.current.get(), request_id.task_name.get()))
        logging.getLogger("reports").info("at work")

    with start_worker(app, pool="solo", perform_ping_check=False, loglevel="INFO"):
        log.listen()  # again: a worker that starts sets up logging
        with request_id.within(NUMBER):
            tell.delay()
        tell.delay()
        wait_until(lambda: len(seen) == 2, "both are done")
    celery_app.set_default()  # a worker in this process makes its own the default
    celery_app.set_current()
    assert seen[0] == (NUMBER, "tests.tell")
    assert len(seen[1][0]) >= 32
    assert seen[1][0] != NUMBER
    assert next((line["request"], line["task"]) for line in log.of("reports")) == (NUMBER, "tests.tell")
