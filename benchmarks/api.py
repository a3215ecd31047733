"""What reading by the API costs, as ratios to an empty view of the same server in the same run.

    python -m benchmarks.api [ADDRESS ...]       SQLite; PostgreSQL instead when POSTGRES_URL names an empty database

Requests per second of each address, at 45 commitments x 193 Member States x 8 cycles, divided by those of a view that
answers with nothing, through the same middleware of the same process. Four times:

* kept: as callers without an account get it, from the page cache;
* asked again: the same by a caller that has the answer and names its ETag, answered with 304;
* not kept: with the cookie of a session, hence past the page cache;
* cold: with every cache switched off, as the first caller after a publication gets it.

Ratios are medians of pairs, each taken one right after the other. Ends with 1 when a goal is missed. Needs wrk.
"""

import os
import sys
import tempfile
import urllib.request

from benchmarks.deadline import Server
from benchmarks.pages import found_wrk, measure, ratio

ADDRESSES = {
    "commitments": "/api/v1/commitments/",
    "one commitment": "/api/v1/commitments/a4p-c001/",
    "stakeholders": "/api/v1/stakeholders/",
    "assignments": "/api/v1/assignments/",
    "publications": "/api/v1/publications/",
    "index": "/api/v1/",
}
KEPT, AGAIN, NOT_KEPT, COLD = "kept", "asked again", "not kept", "cold"
GOALS = {KEPT: 0.3, AGAIN: 0.6}


def etag(server: Server, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}") as answer:
        return str(answer.headers["ETag"])


def asked_again(wrk: str, server: Server, addresses: dict[str, str]) -> dict[str, float]:
    """Address -> ratio of conditional requests, all answered with 304."""
    running = server.start()
    try:
        return {
            name: ratio(wrk, server, path, f"If-None-Match: {etag(server, path)}") for name, path in addresses.items()
        }
    finally:
        running.terminate()
        running.wait()


def main() -> int:
    wrk = found_wrk()
    limits = {"API_RATE_ANONYMOUS": "100000000", "API_RATE_SIGNED_IN": "100000000"}
    own = {"steps": "benchmarks.pages_steps", "DJANGO_SETTINGS_MODULE": "benchmarks.pages_settings", **limits}
    with tempfile.TemporaryDirectory(prefix="a4p-api-") as folder:
        database = os.environ.get("POSTGRES_URL") or f"sqlite:///{folder}/tracker.sqlite3"
        server = Server(folder, database, **own)
        pages: dict[str, str] = server.step("seed")
        addresses = {**ADDRESSES, "one commitment": f"/api/v1{pages['commitment'].removeprefix('/en')}"}
        chosen = {name: path for name, path in addresses.items() if name in sys.argv[1:] or not sys.argv[1:]}
        warm = measure(wrk, server, chosen, {KEPT: [], NOT_KEPT: ["Cookie: sessionid=nobody"]})
        again = asked_again(wrk, server, chosen)
        cold = measure(wrk, Server(folder, database, **own, PUBLIC_CACHE_SECONDS="0"), chosen, {COLD: []})
    return told({name: {**warm[name], AGAIN: again[name], COLD: cold[name][COLD]} for name in chosen})


def told(found: dict[str, dict[str, float]]) -> int:
    missed = [name for name, row in found.items() for kind, goal in GOALS.items() if row[kind] < goal]
    print("| address | bytes | kept, ≥ 0.3 | 304, ≥ 0.6 | not kept | cold |", "|---|---|---|---|---|---|", sep="\n")  # noqa: T201 - this script exists to print
    for name, row in found.items():
        ratios = f"{row[KEPT]:.2f} | {row[AGAIN]:.2f} | {row[NOT_KEPT]:.3f} | {row[COLD]:.3f}"
        print(f"| {name} | {row['bytes']:,.0f} | {ratios} |")  # noqa: T201 - as above
    print(f"\nMissed: {', '.join(missed)}" if missed else "\nEvery goal is met.")  # noqa: T201 - as above
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
