"""A client that another tool makes from the served description goes the whole way, from a task to a report's file."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from reports import actions as reports
from tests.api.program import program_of
from tests.conftest import World
from tests.machine import PATIENCE

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NAME = "tracker_client"


@pytest.fixture
def made(tmp_path: Path, db: None) -> Iterator[str]:
    """The name of the package that the tool makes; a warning of it fails the test."""
    description, config = tmp_path / "openapi.json", tmp_path / "config.yml"
    description.write_bytes(Client().get("/api/v1/schema/").content)
    config.write_text("post_hooks: []\nliteral_enums: true\n")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning", "--meta", "none"]
    command += ["--path", str(description), "--config", str(config), "--output-path", str(tmp_path / NAME)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(tmp_path))
    yield NAME
    sys.path.remove(str(tmp_path))


class Made:
    """The package as its user sees it: one function a step, one class a shape."""

    def __init__(self, package: str, address: str, secret: str) -> None:
        self.package = package
        client = importlib.import_module(f"{package}.client")
        known = client.AuthenticatedClient(base_url=address, token=secret)
        self.client = known if secret else client.Client(base_url=address)

    def shape(self, name: str) -> Any:
        return getattr(importlib.import_module(f"{self.package}.models"), name)

    def do(self, step: str, *arguments: Any, **named: Any) -> tuple[Any, str]:
        """Takes a step, such as "updates.update_accept". Returns what was answered and its ETag."""
        module = importlib.import_module(f"{self.package}.api.{step}")
        answer = module.sync_detailed(*arguments, client=self.client, **named)
        assert answer.status_code in (200, 201), answer.content
        return answer.parsed, answer.headers.get("ETag", "")


def test_it_goes_the_whole_way(
    world: World, made: str, live_server: LiveServer, settings: Settings, tmp_path: Path
) -> None:
    settings.SITE_ADDRESS, settings.DOCUMENTS_DIR = live_server.url, tmp_path / "documents"
    settings.DOCUMENTS_DIR.mkdir()
    alice, dana, omar = (
        Made(made, live_server.url, program_of(person).secret) for person in (world.alice, world.dana, world.omar)
    )

    tasks, _tag = alice.do("me.me_assignments_list")
    task = next(one.id for one in tasks.results if one.commitment == "test-c003")
    text = alice.shape("UpdateText")(language="en", status="in_progress", narrative="Two units were trained.")
    saved, tag = alice.do("assignments.assignment_text_save", task, body=text)
    handed, tag = alice.do("assignments.assignment_submit", task, body=text, if_match=tag)
    assert (saved.version, handed.version, handed.state) == (1, 1, "submitted")

    update, reason = handed.id, dana.shape("Reason")(reason="Which units?")
    _returned, tag = dana.do("updates.update_return", update, body=reason, if_match=tag)
    text.narrative = "The first and the second unit were trained."
    _handed, tag = alice.do("assignments.assignment_submit", task, body=text, if_match=tag)
    _accepted, tag = dana.do("updates.update_accept", update, if_match=tag)
    published, _tag = omar.do("updates.update_publish", update, if_match=tag)
    assert (published.version, published.state) == (2, "published")
    everybody, _tag = Made(made, live_server.url, "").do("publications.publications_list")
    assert [one.narrative.text for one in everybody.results] == [text.narrative]

    order = dana.shape("NewReport")(cycle=world.cycle.key)
    ordered, _tag = dana.do("reports.report_order", body=order, idempotency_key="the-review")
    again, _tag = dana.do("reports.report_order", body=order, idempotency_key="the-review")
    assert ordered.id == again.id
    document = reports.claim_next_document()
    assert document is not None
    assert reports.produce_document(document)
    report, _tag = dana.do("reports.reports_read", ordered.id)
    address = next(one.download for one in report.documents if one.download)
    file = dana.client.get_httpx_client().get(address)
    assert file.status_code == 200
    assert len(file.content) == document.__class__.objects.get(pk=document.pk).size
