"""What the public pages cost, as ratios to an empty view of the same server in the same run.

    python -m benchmarks.pages [PAGE ...]        SQLite; PostgreSQL instead when POSTGRES_URL names an empty database

Requests per second of each kind of page, at 45 commitments x 193 Member States x 8 cycles, divided by those of a view
that answers with nothing, through the same middleware of the same process. Three times:

* kept: the page as readers without an account get it, from the page cache;
* not kept: with the cookie of a session, hence past the page cache, as readers who have signed in get it;
* cold: with every cache switched off, as the first reader after a publication gets it.

Ratios are medians of pairs, each taken one right after the other. Ends with 1 when a goal is missed. Needs wrk.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from statistics import median

from benchmarks.deadline import Server

ROUNDS, SECONDS, CONNECTIONS = 3, 2, 8
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
KEPT, NOT_KEPT, COLD = "kept", "not kept", "cold"
GOALS = {KEPT: 0.6, NOT_KEPT: 0.15}


def rate(wrk: str, server: Server, path: str, *headers: str) -> float:
    """Requests per second; RuntimeError when one of them was not answered with a page."""
    address = f"http://127.0.0.1:{server.port}{path}"
    told_along = [word for header in headers for word in ("-H", header)]
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *told_along, address]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - wrk, found on the path
    found = RATE.search(told)
    if found is None or "Non-2xx" in told:
        raise RuntimeError(f"{path} is not answered:\n{told}")
    return float(found[1])


def size(server: Server, path: str) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}") as answer:
        return len(answer.read())


def ratio(wrk: str, server: Server, path: str, *headers: str) -> float:
    pairs = []
    for _round in range(ROUNDS):
        floor = rate(wrk, server, "/empty/")
        pairs.append(rate(wrk, server, path, *headers) / floor)
    return median(pairs)


def measure(
    wrk: str, server: Server, pages: dict[str, str], kinds: dict[str, list[str]]
) -> dict[str, dict[str, float]]:
    """Page -> kind -> ratio. `kinds` are kinds of measurement with the headers they send."""
    running = server.start()
    try:
        found: dict[str, dict[str, float]] = {name: {"bytes": size(server, path)} for name, path in pages.items()}
        for name, path in pages.items():
            found[name] |= {kind: ratio(wrk, server, path, *headers) for kind, headers in kinds.items()}
        return found
    finally:
        running.terminate()
        running.wait()


def found_wrk() -> str:
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("wrk is missing: apt-get install wrk")
    return wrk


def main() -> int:
    wrk = found_wrk()
    with tempfile.TemporaryDirectory(prefix="a4p-pages-") as folder:
        database = os.environ.get("POSTGRES_URL") or f"sqlite:///{folder}/tracker.sqlite3"
        own = {"steps": "benchmarks.pages_steps", "DJANGO_SETTINGS_MODULE": "benchmarks.pages_settings"}
        server = Server(folder, database, **own)
        pages: dict[str, str] = server.step("seed")
        pages = {name: path for name, path in pages.items() if name in sys.argv[1:] or not sys.argv[1:]}
        warm = measure(wrk, server, pages, {KEPT: [], NOT_KEPT: ["Cookie: sessionid=nobody"]})
        cold = measure(wrk, Server(folder, database, **own, PUBLIC_CACHE_SECONDS="0"), pages, {COLD: []})
    return told({name: warm[name] | cold[name] for name in pages})


def told(found: dict[str, dict[str, float]]) -> int:
    missed = [name for name, row in found.items() for kind, goal in GOALS.items() if row[kind] < goal]
    print("| page | bytes | kept, ≥ 0.6 | not kept, ≥ 0.15 | cold |", "|---|---|---|---|---|", sep="\n")  # noqa: T201 - this script exists to print
    for name, row in found.items():
        print(f"| {name} | {row['bytes']:,.0f} | {row[KEPT]:.2f} | {row[NOT_KEPT]:.2f} | {row[COLD]:.3f} |")  # noqa: T201 - as above
    print(f"\nMissed: {', '.join(missed)}" if missed else "\nEvery goal is met.")  # noqa: T201 - as above
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
