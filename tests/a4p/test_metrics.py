"""Whoever watches the service scrapes figures: how it answers, what waits, if the clock runs. None names a person."""

import os
import re
import subprocess
import sys
import urllib.request
from datetime import timedelta
from pathlib import Path
from urllib.error import URLError
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from reports import actions
from reports.models import Document
from stakeholders.actions import note_tick
from stakeholders.mail import queue_mail
from stakeholders.models import Mail
from tests import factories
from tests.conftest import World
from tests.factories import NOON
from tests.machine import PATIENCE, free_port, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
TOKEN = "a-token-for-the-scraper"
SERIES = re.compile(r"^([a-z0-9_]+)(?:\{(.*)\})? ([0-9.e+-]+)$")


@pytest.fixture(autouse=True)
def _switched_on(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN


def scrape(client: Client) -> dict[str, float]:
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}", "host": "10.0.0.7"})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    return figures(answer.content.decode())


def figures(page: str) -> dict[str, float]:
    found = {}
    for line in page.splitlines():
        if match := SERIES.fullmatch(line):
            name, labels, value = match.groups()
            found[f"{name}{{{labels}}}" if labels else name] = float(value)
    return found


def grown(client: Client, before: dict[str, float]) -> dict[str, float]:
    return {name: value - before.get(name, 0) for name, value in scrape(client).items() if value != before.get(name, 0)}


def test_requests_are_counted_by_the_name_of_their_route(world: World, client: Client) -> None:
    before = scrape(client)
    for path in ("/en/commitments/test-c001/", "/fr/commitments/test-c002/", "/en/nowhere/", "/en/desk/"):
        client.get(path)
    now = grown(client, before)
    assert now['a4p_requests_total{method="GET",route="commitment",status="200"}'] == 2
    assert now['a4p_requests_total{method="GET",route="none",status="404"}'] == 1
    assert now['a4p_requests_total{method="GET",route="desk",status="302"}'] == 1
    assert now['a4p_request_seconds_count{route="commitment"}'] == 2
    assert now['a4p_request_seconds_bucket{le="+Inf",route="commitment"}'] == 2
    assert 2 <= now['a4p_database_queries_total{route="commitment"}'] <= 30
    assert now['a4p_database_seconds_total{route="commitment"}'] > 0


def test_a_method_somebody_made_up_adds_no_series(world: World, client: Client) -> None:
    before = scrape(client)
    for n in range(5):
        client.generic(f"CANARY{n}", "/en/")
    names = [name for name in grown(client, before) if name.startswith("a4p_requests_total")]
    assert len(names) == 1
    assert 'method="other"' in names[0]


def test_pages_that_were_kept_have_their_route_too(world: World, client: Client, settings: Settings) -> None:
    settings.PUBLIC_CACHE_SECONDS = 600
    client = Client()  # whose middleware reads the setting
    before = scrape(client)
    for _n in range(3):
        assert client.get("/en/areas/test-a1/").status_code == 200
    now = grown(client, before)
    assert now['a4p_requests_total{method="GET",route="area",status="200"}'] == 3
    assert (now['a4p_page_cache_total{result="miss"}'], now['a4p_page_cache_total{result="hit"}']) == (1, 2)


def test_what_waits_and_for_how_long(world: World, client: Client) -> None:
    assert scrape(client)['a4p_jobs{kind="pdf",state="waiting"}'] == 0
    actions.compile_report(cycle=world.cycle, requester=world.dana, request_key=uuid4(), at=NOON)
    Document.objects.update(queued_at=NOON - timedelta(minutes=10))
    Document.objects.filter(format="pdf", language="ar").update(state="running", lease_until=NOON + timedelta(hours=1))
    Document.objects.filter(format="pdf", language="fr").update(state="running", lease_until=NOON - timedelta(hours=1))
    Document.objects.filter(format="csv").update(state="failed")
    now = scrape(client)
    jobs = {state: now[f'a4p_jobs{{kind="pdf",state="{state}"}}'] for state in ("waiting", "running", "failed")}
    assert jobs == {"waiting": 5, "running": 1, "failed": 0}
    assert now['a4p_jobs{kind="csv",state="failed"}'] == 6
    assert now['a4p_oldest_waiting_job_seconds{kind="pdf"}'] == pytest.approx(600, abs=60)
    assert now['a4p_oldest_waiting_job_seconds{kind="csv"}'] == 0


def test_mails_that_wait(world: World, client: Client) -> None:
    Mail.objects.all().delete()
    for n, due in enumerate((-3, -1, 9)):
        queue_mail(person=world.alice, fact=str(n), subject="Canary", body="Canary", at=NOON + timedelta(hours=due))
    Mail.objects.filter(fact="0").update(trouble="refused")
    now = scrape(client)
    mails = {state: now[f'a4p_jobs{{kind="mail",state="{state}"}}'] for state in ("waiting", "later", "failed")}
    assert mails == {"waiting": 2, "later": 1, "failed": 1}
    assert now['a4p_oldest_waiting_job_seconds{kind="mail"}'] == pytest.approx(3 * 3600, abs=60)


def test_the_clock_and_the_open_cycle(world: World, client: Client) -> None:
    assert scrape(client)["a4p_clock_last_tick_timestamp_seconds"] == 0
    note_tick(at=NOON)
    factories.submitted(world.task("2.1"), world.alice)
    now = scrape(client)
    assert now["a4p_clock_last_tick_timestamp_seconds"] == NOON.timestamp()
    assert now['a4p_open_cycle_updates{state="submitted"}'] == 1
    assert now["a4p_database_up"] == 1
    assert now['a4p_version{version="0.1.0"}'] == 1


def test_wrong_passwords_are_counted(world: World, client: Client) -> None:
    before = scrape(client)
    client.post("/en/login/", {"login": "alice@alpha.example", "password": "wrong"})
    client.post("/en/login/", {"login": "alice@alpha.example", "password": "secret-of-tests"})
    assert grown(client, before)["a4p_sign_in_failures_total"] == 1


def test_while_the_database_is_away_that_is_told(world: World, client: Client) -> None:
    def lost(*arguments: object) -> None:
        raise OperationalError

    with connection.execute_wrapper(lost):
        now = scrape(client)
    assert now["a4p_database_up"] == 0
    assert any(name.startswith("a4p_requests_total") for name in now)


def test_a_scrape_asks_little(
    world: World, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(5):
        scrape(client)


def test_nobody_reads_it_without_the_token(world: World, client: Client, settings: Settings) -> None:
    for shown in ("", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"):
        answer = client.get("/metrics", headers={"authorization": shown})
        assert (answer.status_code, answer.content) == (401, b""), shown
    settings.METRICS_TOKEN = ""
    for shown in ("Bearer ", f"Bearer {TOKEN}"):
        assert client.get("/metrics", headers={"authorization": shown}).status_code == 404


def answers(address: str) -> bool:
    try:
        return urllib.request.urlopen(address, timeout=PATIENCE).status == 200  # noqa: S310 - ours
    except URLError:
        return False


@pytest.mark.slow
def test_several_processes_count_together(tmp_path: Path) -> None:
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PROMETHEUS_MULTIPROC_DIR"},
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'tracker.sqlite3'}",
        "STATIC_ROOT": str(tmp_path / "static"),
        "DJANGO_SETTINGS_MODULE": "a4p.settings",
        "SECRET_KEY": "counting",
        "METRICS_TOKEN": TOKEN,
        "TMPDIR": str(tmp_path),
        "LOG_LEVEL": "ERROR",
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-m", "gunicorn", "a4p.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "3"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: answers(f"{address}/healthz"), "the server answers")
        asked = 0

        def several_have_answered() -> bool:
            nonlocal asked
            asked += 1
            assert answers(f"{address}/robots.txt")
            return asked >= 20 and len(list(tmp_path.glob("a4p-metrics-*/counter_*.db"))) > 1

        wait_until(several_have_answered, "more than one process has answered")
        question = urllib.request.Request(f"{address}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})  # noqa: S310 - ours
        for _n in range(5):
            now = figures(urllib.request.urlopen(question).read().decode())  # noqa: S310 - ours
            assert now['a4p_requests_total{method="GET",route="robots",status="200"}'] == asked
    finally:
        server.terminate()
        server.wait(PATIENCE)
    assert list(tmp_path.glob("a4p-metrics-*")) == []
