"""Which embedded broker? Starts a worker on each transport and measures, in one run on one machine:

* start: seconds from starting the process to the first task it has done;
* redone: seconds from `kill -9` in the middle of a task to the same message's second delivery, if it ever comes.

    python -m benchmarks.brokers            (the SQLAlchemy transport needs: pip install sqlalchemy)

Ratios are to the file system transport. docs/decisions/001-queue.md draws the conclusion.
"""

import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from celery import Celery

PATIENCE = 20
FOLDER = Path(os.environ.get("QUEUE_FOLDER", tempfile.gettempdir()))
TRANSPORTS = {"file system": "filesystem://", "SQLAlchemy on SQLite": f"sqla+sqlite:///{FOLDER / 'queue.sqlite3'}"}

app = Celery("benchmark", broker=os.environ.get("QUEUE_BROKER", "filesystem://"))
app.conf.task_ignore_result = True
app.conf.task_acks_late = True
if app.conf.broker_url == "filesystem://":
    app.conf.broker_transport_options = {
        "data_folder_in": str(FOLDER / "messages"),
        "data_folder_out": str(FOLDER / "messages"),
        "control_folder": str(FOLDER / "control"),
    }


@app.task(name="mark")
def mark(name: str, seconds: float) -> None:
    with (FOLDER / name).open("a") as stream:
        stream.write("begun\n")
    time.sleep(seconds)


def begun(name: str) -> int:
    path = FOLDER / name
    return path.read_text().count("begun") if path.exists() else 0


def wait_for(name: str, times: int) -> float | None:
    start = time.monotonic()
    while begun(name) < times:
        if time.monotonic() - start > PATIENCE:
            return None
        time.sleep(0.01)
    return time.monotonic() - start


def measure() -> None:
    """Runs in a process of its own for each transport; prints two numbers."""
    for name in ("messages", "control"):
        (FOLDER / name).mkdir(exist_ok=True)
    command = [sys.executable, "-m", "celery", "--app", "benchmarks.brokers", "worker", "--pool", "threads"]
    command += ["--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "error"]

    def worker() -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - ours

    mark.delay("first", 0)
    running = worker()
    start = wait_for("first", 1)
    mark.delay("second", 60)
    wait_for("second", 1)
    running.send_signal(signal.SIGKILL)
    running.wait()
    heir = worker()
    redone = wait_for("second", 2)
    heir.kill()
    heir.wait()
    print(start, redone)  # noqa: T201 - this script exists to print


def main() -> None:
    found: dict[str, tuple[str, str]] = {}
    for label, broker in TRANSPORTS.items():
        if broker.startswith("sqla") and importlib.util.find_spec("sqlalchemy") is None:
            print(f"{label}: left out, sqlalchemy is not installed")  # noqa: T201 - this script exists to print
            continue
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "QUEUE_FOLDER": folder, "QUEUE_BROKER": broker.replace(str(FOLDER), folder)}
            command = [sys.executable, "-m", "benchmarks.brokers", "measure"]
            answer = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
            start, redone = answer.stdout.split()
            found[label] = (start, redone)
    floor = float(found["file system"][0])
    for label, (start, redone) in found.items():
        late = f"{float(redone):.1f} s" if redone != "None" else f"not within {PATIENCE} s"
        print(f"{label}: start {float(start) / floor:.2f} x, killed message delivered again: {late}")  # noqa: T201


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["measure"] else main()
