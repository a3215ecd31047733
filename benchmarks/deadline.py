"""The hour before the deadline: 50 people save at once, as fast as the server lets them, at 10,000 updates.

    python -m benchmarks.deadline [SECONDS]      SQLite; PostgreSQL too when POSTGRES_URL names an empty database

Every save that was acknowledged must be there exactly once, and no other more than once; the diary must be whole and no
answer an error of the server. Ends with 1 if not. Waiting times are told as ratios to those for a redirect of the same
server, which touches no database, under the same load in the same run.
"""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
UPDATES, PEOPLE, SECONDS = 10_000, 50, 20
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Sitting:
    """What one person did and how long each answer took, in seconds."""

    waits: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Server:
    """The web process of the Procfile on a port of its own."""

    def __init__(self, folder: str, database: str, *, steps: str = "benchmarks.deadline_steps", **own: str) -> None:
        basis = {"DATA_DIR": folder, "DATABASE_URL": database, "SECRET_KEY": "benchmark", "DEMONSTRATION": "1"}
        self.environment = {**os.environ, **basis, "LOG_LEVEL": "ERROR", **own}
        self.steps = steps
        with closing(socket.socket()) as found:
            found.bind(("127.0.0.1", 0))
            self.port: int = found.getsockname()[1]

    def step(self, *words: object) -> Any:
        command = [sys.executable, "-m", self.steps, *map(str, words)]
        done = subprocess.run(  # noqa: S603 - our own module
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return json.loads(done.stdout.splitlines()[-1])

    def start(self) -> "subprocess.Popen[bytes]":
        web = next(line for line in (ROOT / "Procfile").read_text().splitlines() if line.startswith("web: "))
        words = web.removeprefix("web: ").replace("${PORT}", str(self.port)).split()
        running = subprocess.Popen([sys.executable, *words[1:]], cwd=ROOT, env=self.environment)  # noqa: S603 - the Procfile's own words
        for _try in range(100):
            with closing(socket.socket()) as knocking:
                if knocking.connect_ex(("127.0.0.1", self.port)) == 0:
                    return running
            time.sleep(0.1)
        running.kill()
        raise RuntimeError("the server does not answer")

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)


def save(server: Server, person: dict[str, Any], number: int, until: float) -> Sitting:
    """Open one assignment after the other and save it twice, until the time is over."""
    sitting, cookie = Sitting(), f"sessionid={person['session']}"
    connection = server.connect()
    for round_number in range(1_000):
        for task in person["tasks"]:
            if time.monotonic() > until:
                return sitting
            path = f"/en/desk/assignments/{task}/"
            connection.request("GET", path, headers={"Cookie": cookie})
            page = connection.getresponse()
            text = page.read().decode()
            token = TOKEN.search(text)
            basis = re.search(r'name="based_on" value="(\d+)"', text)
            if page.status != 200 or not token or not basis:
                sitting.errors.append(f"{page.status} at {path}")
                continue
            csrf = (page.getheader("Set-Cookie") or "").partition("csrftoken=")[2].partition(";")[0]
            for step in range(2):
                mark = f"benchmark-{number}-{round_number}-{task}-{step}"
                fields = {"csrfmiddlewaretoken": token[1], "based_on": int(basis[1]) + step, "save": "1"}
                fields |= {"language": "en", "status": "ongoing", "narrative": mark}
                headers = {"Cookie": f"{cookie}; csrftoken={csrf}", "Content-Type": "application/x-www-form-urlencoded"}
                began = time.monotonic()
                connection.request("POST", path, urlencode(fields), headers)
                answer = connection.getresponse()
                answer.read()
                sitting.waits.append(time.monotonic() - began)
                where = {302: sitting.acknowledged, 409: sitting.refused}.get(answer.status, sitting.errors)
                where.append(mark if answer.status in (302, 409) else f"{answer.status} at {path}")
    return sitting


def glance(server: Server, until: float) -> list[float]:
    """Ask for the bare address, which only leads on to a language."""
    connection, waits = server.connect(), []
    while time.monotonic() < until:
        began = time.monotonic()
        connection.request("GET", "/")
        connection.getresponse().read()
        waits.append(time.monotonic() - began)
    return waits


def measure(name: str, folder: str, database: str, seconds: int) -> bool:
    server = Server(folder, database)
    people = server.step("seed", UPDATES, PEOPLE)
    running = server.start()
    try:
        with ThreadPoolExecutor(PEOPLE) as pool:
            until = time.monotonic() + 5
            empty = [wait for waits in pool.map(lambda _n: glance(server, until), range(PEOPLE)) for wait in waits]
            until = time.monotonic() + seconds
            sittings = list(pool.map(lambda n: save(server, people[n], n, until), range(PEOPLE)))
    finally:
        running.terminate()
        running.wait()
    return told(name, sittings, empty, server.step("written"), seconds)


def told(name: str, sittings: list[Sitting], empty: list[float], written: dict[str, Any], seconds: int) -> bool:
    acknowledged = [mark for sitting in sittings for mark in sitting.acknowledged]
    errors = [error for sitting in sittings for error in sitting.errors]
    versions = written["versions"]
    lost = [mark for mark in acknowledged if versions.get(mark) != 1]
    twice = [mark for mark, n in versions.items() if n > 1]
    waits = quantiles([wait for sitting in sittings for wait in sitting.waits], n=20)
    floor = quantiles(empty, n=20)
    sound = not (lost or twice or errors) and bool(acknowledged) and written["diary_is_whole"]
    rows = {
        "saves acknowledged": f"{len(acknowledged)} in {seconds} s",
        "lost, or there twice": str(len(lost) + len(twice)),
        "errors of the server": str(len(errors)),
        "diary": "whole" if written["diary_is_whole"] else "BROKEN",
        "wait for a save, half of them, to a bare redirect": f"{waits[9] / floor[9]:.1f} x",
        "wait for a save, 95 in a hundred, to a bare redirect": f"{waits[18] / floor[18]:.1f} x",
    }
    print(f"\n| {name}: {PEOPLE} people, {UPDATES:,} updates | |", "|---|---|", sep="\n")  # noqa: T201 - this script exists to print
    print(*(f"| {what} | {value} |" for what, value in rows.items()), *errors[:5], sep="\n", flush=True)  # noqa: T201 - as above
    return sound


def main() -> int:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    sound = True
    with tempfile.TemporaryDirectory(prefix="a4p-deadline-") as folder:
        sound &= measure("SQLite", folder, f"sqlite:///{folder}/tracker.sqlite3", seconds)
        if address := os.environ.get("POSTGRES_URL"):
            sound &= measure("PostgreSQL", folder, address, seconds)
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
