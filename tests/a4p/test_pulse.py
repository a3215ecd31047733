"""Whoever watches the clock can tell whether it runs: by a file for the machine, by a row for the installation."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from celery.beat import Scheduler as CeleryScheduler
from pytest_django import Settings

from a4p.alive import main
from a4p.celery import app
from a4p.pulse import LONGEST_SILENCE, Scheduler, give_sign, sign_of
from stakeholders.actions import note_tick
from stakeholders.models import ClockTick
from stakeholders.queries import last_tick
from tests.factories import NOON
from tests.machine import PATIENCE, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent


def test_a_sign_of_life_grows_old(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert main(["beat"]) == 1
    give_sign("beat")
    path = sign_of("beat")
    os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    assert [main(["beat"]), main(["worker"])] == [0, 1]
    long_ago = NOON.timestamp() - LONGEST_SILENCE - 5
    os.utime(path, (long_ago, long_ago))
    assert main(["beat"]) == 1


def test_beat_gives_it_and_goes_on_where_the_disk_takes_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(CeleryScheduler, "tick", lambda self: 3.0)
    beat = Scheduler(app, lazy=True)
    assert beat.tick() == 3.0
    assert sign_of("beat").exists()
    (tmp_path / "file").touch()
    settings.DATA_DIR = tmp_path / "file"
    assert Scheduler(app, lazy=True).tick() == 3.0


def test_the_row_shows_the_last_message_that_was_taken_and_never_goes_back(db: None) -> None:
    assert last_tick() is None
    for minutes in (0, 5, 2):
        note_tick(at=NOON + timedelta(minutes=minutes))
    assert last_tick() == NOON + timedelta(minutes=5)
    assert ClockTick.objects.count() == 1


@pytest.mark.slow
def test_real_processes_give_theirs_while_they_run(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'tracker.sqlite3'}",
        "CELERY_BROKER_URL": "filesystem://",
        "DJANGO_SETTINGS_MODULE": "a4p.settings",
        "SECRET_KEY": "alive",
    }

    def run(*words: str) -> int:
        return subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=False).returncode

    def start(*words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "--app", "a4p", *words, "--loglevel", "error"]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)

    assert run("manage.py", "migrate", "--verbosity", "0") == 0
    assert [run("-m", "a4p.alive", who) for who in ("beat", "worker")] == [1, 1]
    running = [start("beat", "--pidfile="), start("worker", "--pool", "threads", "--concurrency", "1")]
    try:
        for who in ("beat", "worker"):
            wait_until(lambda who=who: run("-m", "a4p.alive", who) == 0, f"{who} gives a sign of life")
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
