"""Whoever watches the service asks two addresses: does the process live, and can the service work?"""

import shutil
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reports import actions
from reports.models import Document
from stakeholders.actions import note_tick
from stakeholders.models import ClockTick, Mail
from tests import factories
from tests.conftest import World

PARTS = {"database", "migrations", "broker", "cache", "storage", "waiting", "clock"}


@pytest.fixture(autouse=True)
def _the_clock_runs(db: None) -> None:
    note_tick()


def failing(client: Client) -> set[str]:
    answer = client.get("/readyz")
    parts: dict[str, str] = answer.json()["parts"]
    assert set(parts) == PARTS
    found = {name for name, state in parts.items() if state != "ok"}
    assert answer.status_code == (503 if found else 200)
    assert answer.json()["ready"] is (not found)
    assert answer["Cache-Control"] == "no-store"
    return found


def test_a_process_that_lives_says_so_and_asks_nobody(
    client: Client, settings: LazySettings, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    with django_assert_num_queries(0):
        answer = client.get("/healthz", headers={"host": "10.0.0.7:8000"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_everything_is_well(client: Client, world: World) -> None:
    assert failing(client) == set()


def test_it_is_not_ready_before_the_database_is_migrated(client: Client, db: None) -> None:
    MigrationRecorder.Migration.objects.filter(app="reports").order_by("-pk")[0].delete()
    assert failing(client) == {"migrations"}


def test_it_is_not_ready_without_a_place_for_files(
    client: Client, db: None, settings: LazySettings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    assert failing(client) == set()
    assert list(settings.DATA_DIR.iterdir()) == []
    shutil.rmtree(settings.DATA_DIR)
    assert failing(client) == {"storage"}


def test_it_is_not_ready_while_the_broker_and_the_cache_are_away(
    client: Client, db: None, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = "redis://127.0.0.1:9/0"  # the port of discard, where nobody listens
    monkeypatch.setattr("a4p.health.app.conf.broker_read_url", nowhere)
    settings.CACHES = {
        **settings.CACHES,
        "pages": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": nowhere},
    }
    assert failing(client) == {"broker", "cache"}


def test_it_is_not_ready_while_a_document_waits_too_long(client: Client, world: World) -> None:
    actions.compile_report(cycle=world.cycle, requester=world.dana, request_key=uuid4())
    assert failing(client) == set()
    Document.objects.update(queued_at=factories.NOON - timedelta(hours=1))
    assert failing(client) == {"waiting"}


def test_it_is_not_ready_while_a_mail_waits_too_long(client: Client, world: World) -> None:
    Mail.objects.update(sent_at=factories.NOON)
    long_ago = factories.NOON - timedelta(hours=1)
    Mail.objects.create(
        person=world.dana, fact="a test", language="en", subject="A subject", queued_at=long_ago, due_at=long_ago
    )
    assert failing(client) == {"waiting"}


def test_it_is_not_ready_while_the_clock_stands_still(client: Client) -> None:
    assert failing(client) == set()
    ClockTick.objects.update(at=factories.NOON - timedelta(minutes=6))
    assert failing(client) == {"clock"}
    ClockTick.objects.all().delete()
    assert failing(client) == {"clock"}
