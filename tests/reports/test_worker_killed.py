"""A real worker process is killed with -9 in the middle; the next one finishes every document exactly once."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_every_document_ends_complete_exactly_once(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'tracker.sqlite3'}",
        "CELERY_BROKER_URL": "filesystem://",
        "DJANGO_SETTINGS_MODULE": "a4p.settings",
        "SECRET_KEY": "killed",
        "DEMONSTRATION": "0",
        "DOCUMENT_LEASE_SECONDS": "5",
        "LOG_LEVEL": "ERROR",
    }

    def manage(*arguments: str) -> None:
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True)

    def states() -> dict[str, int]:
        with sqlite3.connect(tmp_path / "tracker.sqlite3", timeout=20) as database:
            return dict(database.execute("SELECT state, count(*) FROM reports_document GROUP BY state"))

    def start(*words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "--app", "a4p", *words, "--loglevel", "error"]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)

    def worker() -> subprocess.Popen[bytes]:
        return start("worker", "--pool", "threads", "--concurrency", "2", "--without-gossip", "--without-mingle")

    def wait_until(reached: str, count: int, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while states().get(reached, 0) < count:
            assert time.monotonic() < deadline, states()
            time.sleep(0.05)

    manage("migrate", "--verbosity", "0")
    for command in ("load_catalogue", "load_registry", "load_published_sources"):
        manage(command)
    manage("compile_report", "2019", "4")
    beat = start("beat", "--scheduler", "celery.beat:Scheduler", "--pidfile=")
    first = worker()
    try:
        wait_until("running", 1, 60)
        first.send_signal(signal.SIGKILL)
        first.wait()
        assert states().get("ready", 0) < 12
        second = worker()
        try:
            wait_until("ready", 12, 90)
        finally:
            second.send_signal(signal.SIGTERM)
            second.wait(30)
    finally:
        first.kill()
        beat.kill()
        beat.wait()
    files = [path for path in (tmp_path / "documents").rglob("*") if path.is_file()]
    assert len([path for path in files if not path.name.startswith(".part-")]) == 12
    with sqlite3.connect(tmp_path / "tracker.sqlite3") as database:
        rows = database.execute("SELECT file, size FROM reports_document").fetchall()
    assert all((tmp_path / "documents" / name).stat().st_size == size for name, size in rows)
