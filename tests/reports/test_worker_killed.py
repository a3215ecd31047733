"""A real worker process is killed with -9 in the middle; the next one finishes every document exactly once.

The worker runs on whatever database and broker the suite runs on: SQLite and the file system, or PostgreSQL and Redis.
"""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.machine import PATIENCE, wait_until

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent.parent
SERVER = os.environ.get("DATABASE_URL", "")
SCRATCH = f"tracker_killed_{os.getpid()}"

Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[tuple[str, Ask]]:
    """(address, a way to ask it) of an empty database that real processes can share."""
    if not SERVER.startswith("postgres"):
        path = tmp_path / "tracker.sqlite3"

        def ask_sqlite(question: str) -> list[tuple[Any, ...]]:
            with closing(sqlite3.connect(path, timeout=PATIENCE)) as connection:
                return connection.execute(question).fetchall()

        yield f"sqlite:///{path}", ask_sqlite
        return
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{SCRATCH}"')
    address = SERVER.rsplit("/", 1)[0] + f"/{SCRATCH}"

    def ask_postgres(question: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(address) as connection:
            return connection.execute(question).fetchall()

    yield address, ask_postgres
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{SCRATCH}" WITH (FORCE)')


# The clock may begin another report, that of the closed cycle, in the meantime.
ORDERED = "SELECT d.* FROM reports_document d JOIN reports_report r ON r.id = d.report_id WHERE r.occasion = 'demand'"
FILES = 30


class Installation:
    """Real processes of the tracker on one database and one data folder."""

    def __init__(self, folder: Path, address: str, ask: Ask) -> None:
        self.ask = ask
        self.environment = {
            **os.environ,
            "DATA_DIR": str(folder),
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "a4p.settings",
            "SECRET_KEY": "killed",
            "DEMONSTRATION": "0",
            "DOCUMENT_LEASE_SECONDS": "5",
            "LOG_LEVEL": "ERROR",
        }

    def manage(self, *words: str) -> None:
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=self.environment, check=True)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "--app", "a4p", *words, "--loglevel", "error"]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=quiet, stderr=quiet)

    def start_worker(self) -> subprocess.Popen[bytes]:
        return self.start("worker", "--pool", "threads", "--concurrency", "2", "--without-gossip", "--without-mingle")

    def count(self, state: str) -> int:
        return int(self.ask(f"SELECT count(*) FROM ({ORDERED}) AS ordered WHERE state = '{state}'")[0][0])  # noqa: S608 - ours

    def wait_for(self, state: str, count: int, seconds: float = PATIENCE) -> None:
        wait_until(lambda: self.count(state) >= count, f"{count} documents are {state}", seconds)


def test_every_document_ends_complete_exactly_once(tmp_path: Path, database: tuple[str, Ask]) -> None:
    here = Installation(tmp_path, *database)
    here.manage("migrate", "--verbosity", "0")
    for command in ("load_catalogue", "load_registry", "load_published_sources"):
        here.manage(command)
    here.manage("compile_report", "2019", "4")
    beat, first = here.start("beat", "--scheduler", "celery.beat:Scheduler", "--pidfile="), here.start_worker()
    try:
        here.wait_for("running", 1)
        first.send_signal(signal.SIGKILL)
        first.wait()
        assert here.count("ready") < FILES
        second = here.start_worker()
        try:
            here.wait_for("ready", FILES, 3 * PATIENCE)
        finally:
            second.send_signal(signal.SIGTERM)
            second.wait(PATIENCE)
    finally:
        first.kill()
        beat.kill()
        beat.wait()
    rows = here.ask(f"SELECT file, size FROM ({ORDERED}) AS ordered")  # noqa: S608 - ours
    assert len({name for name, _size in rows}) == FILES
    for name, size in rows:
        assert (tmp_path / "documents" / name).stat().st_size == size
    files = {f"{path.parent.name}/{path.name}" for path in (tmp_path / "documents").rglob("*.*") if path.is_file()}
    ours = {name.split("/")[0] for name, _size in rows}
    made = {name for name in files if name.split("/")[0] in ours and "/.part-" not in name}
    assert made == {name for name, _size in rows}
