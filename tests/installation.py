"""Real processes of the tracker on one database and one data folder.

They run on whatever database and broker the suite runs on: SQLite and the file system, or PostgreSQL and Redis.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.machine import PATIENCE, free_port

ROOT = Path(__file__).resolve().parent.parent
SERVER = os.environ.get("DATABASE_URL", "")
SCRATCH = f"tracker_installed_{os.getpid()}"

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


@pytest.fixture
def here(tmp_path: Path, database: tuple[str, Ask]) -> "Iterator[Installation]":
    installation = Installation(tmp_path, *database)
    yield installation
    installation.stop_all()


class Installation:
    def __init__(self, folder: Path, address: str, ask: Ask) -> None:
        self.folder, self.ask, self.port = folder, ask, free_port()
        self.processes: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **os.environ,
            "DATA_DIR": str(folder),
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "a4p.settings",
            "SECRET_KEY": "of-an-installation-for-tests",
            "SITE_ADDRESS": f"http://127.0.0.1:{self.port}",
            "DEMONSTRATION": "0",
            "DOCUMENT_LEASE_SECONDS": "5",
            "LOG_LEVEL": "ERROR",
        }

    def run(self, *command: str) -> str:
        """What a command prints that comes to a good end."""
        done = subprocess.run(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout

    def manage(self, *words: str) -> str:
        return self.run(sys.executable, "manage.py", *words)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        command = [sys.executable, "-m", *words]
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=quiet, stderr=quiet)
        self.processes.append(process)
        return process

    def start_worker(self) -> subprocess.Popen[bytes]:
        words = ("worker", "--pool", "threads", "--concurrency", "2", "--without-gossip", "--without-mingle")
        return self._start_celery(*words)

    def start_beat(self) -> subprocess.Popen[bytes]:
        return self._start_celery("beat", "--scheduler", "celery.beat:Scheduler", "--pidfile=")

    def start_web(self) -> str:
        """The address under which it answers."""
        self.start("gunicorn", "a4p.wsgi", "--no-control-socket", "--bind", f"127.0.0.1:{self.port}")
        return self.environment["SITE_ADDRESS"]

    def stop_all(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start_celery(self, *words: str) -> subprocess.Popen[bytes]:
        return self.start("celery", "--app", "a4p", *words, "--loglevel", "error")
