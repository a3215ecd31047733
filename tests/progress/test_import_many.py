"""Thousands of updates: little memory, few queries, and a killed process leaves nothing half done."""

import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from benchmarks.bulk import GOAL_MEGABYTES, command_of, environment_in, measured, prepared
from tests.machine import PATIENCE, wait_until

WORK = "import django; django.setup(); from progress.tasks import work_on_imports; print(work_on_imports())"
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("import many")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of two thousand updates and a database that it fits; take a copy of both."""
    folder = tmp_path_factory.mktemp("made")
    return prepared(str(folder), 2_000, "csv")


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / made.name


def ask(folder: Path, query: str) -> str:
    with sqlite3.connect(folder / "tracker.sqlite3", timeout=PATIENCE) as database:
        return str(database.execute(query).fetchone()[0])


def test_two_thousand_updates_come_in_with_little_memory_and_few_queries(path: Path) -> None:
    found = measured(path)
    assert found["megabytes"] < GOAL_MEGABYTES
    assert found["queries"] < 2_000


def test_a_process_killed_while_it_writes_leaves_nothing_and_a_worker_finishes(path: Path, tmp_path: Path) -> None:
    environment = environment_in(str(tmp_path)) | {"DOCUMENT_LEASE_SECONDS": "5"}
    state = "SELECT state FROM progress_bulkimport"
    claimed = "SELECT count(*) FROM progress_bulkimport WHERE state = 'ordered'"
    with subprocess.Popen(command_of("bring_in", path), env=environment, stdout=subprocess.DEVNULL) as process:
        wait_until(lambda: ask(tmp_path, f"{claimed} AND attempts > 0") == "1", "it has begun")
        time.sleep(0.3)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert (ask(tmp_path, state), ask(tmp_path, "SELECT count(*) FROM progress_update")) == ("ordered", "0")
    wait_until(
        lambda: ask(tmp_path, f"{claimed} AND lease_until > datetime('now')") == "0", "the lease of the dead is over"
    )
    python = command_of("bring_in", path)[0]
    done = subprocess.run([python, "-c", WORK], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
    assert (ask(tmp_path, state), ask(tmp_path, "SELECT count(*) FROM progress_update")) == ("done", "2000")
