"""What a search among 350,000 published updates costs, as ratios to an empty page of the same process in the same run.

    python -m benchmarks.search                        on a throw-away SQLite file
    DATABASE_URL=postgres://... python -m benchmarks.search    and in a throw-away database on that server
    python -m benchmarks.search --updates 20000        fewer, for trying

The empty page goes through the same middleware, holds what every page holds and takes about two milliseconds; the form
of the search alone costs seven times that. Ratios are medians of pairs taken one
after the other, whole answers included. Ends with 1 when a goal is missed. docs/performance.md holds the last table.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from statistics import median
from typing import Any
from urllib.parse import urlsplit, urlunsplit

UPDATES = 350_000
ROUNDS, WARM = 9, 2
NAME = "a4p_benchmark_search"
GOAL_RARE, GOAL_COMMON, GOAL_QUERIES, GOAL_BYTES = 30.0, 50.0, 6, 40_000
SEARCHES: dict[str, tuple[dict[str, str], float]] = {
    "a rare word": ({"q": "quokka"}, GOAL_RARE),
    "one update's document symbol": ({"q": "A/123456"}, GOAL_RARE),
    "a word nowhere": ({"q": "xylophone"}, GOAL_RARE),
    "the commonest word, English": ({"q": "the"}, GOAL_COMMON),
    "a common beginning": ({"q": "com"}, GOAL_COMMON),
    "two common words": ({"q": "peacekeeping operations"}, GOAL_COMMON),
    "the fiftieth page of a common word": ({"q": "peacekeeping", "page": "50"}, GOAL_COMMON),
    "Chinese": ({"q": "维持和平"}, GOAL_COMMON),
    "Chinese, one character": ({"q": "和"}, GOAL_COMMON),
    "Arabic": ({"q": "حفظ السلام"}, GOAL_COMMON),
    "Russian": ({"q": "миротворч"}, GOAL_COMMON),
    "a common word in the oldest cycle": ({"q": "peacekeeping", "cycle": "2018-q1"}, GOAL_COMMON),
    "a common word of one stakeholder": ({"q": "peacekeeping", "stakeholder": "invented-007"}, GOAL_COMMON),
    "a common word, area and status": ({"q": "peacekeeping", "area": "area", "status": "completed"}, GOAL_COMMON),
    "a common word, owner kind": ({"q": "peacekeeping", "owner": "member_states"}, GOAL_COMMON),
    "a rare word and every filter": (
        {"q": "quokka", "area": "area", "owner": "secretariat", "status": "ongoing", "cycle": "2020-q2"},
        GOAL_RARE,
    ),
}


def findings_here(updates: int) -> list[dict[str, Any]]:
    """Fill this process's database and measure in it."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from benchmarks import search_data
    from commitments.models import Area

    settings.ROOT_URLCONF = "benchmarks.search_urls"
    settings.ALLOWED_HOSTS = ["testserver"]
    started = time.monotonic()
    call_command("migrate", verbosity=0)
    call_command("load_catalogue", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    search_data.generate(updates)
    took = time.monotonic() - started
    sys.stderr.write(f"{connection.vendor}: {updates:,} updates in {took:.0f} s\n")
    client, found = Client(), []
    area = Area.objects.order_by("number")[0].uid
    for what, (query, goal) in SEARCHES.items():
        asked = {**query, **({"area": area} if "area" in query else {})}
        pairs, weight = [], 0
        for _round in range(WARM + ROUNDS):
            empty, _answer = _seconds(client, "/empty/", {})
            full, answer = _seconds(client, "/en/search/", asked)
            assert answer.status_code == 200, what
            pairs.append((empty, full))
            weight = len(answer.content)
        with CaptureQueriesContext(connection) as asked_queries:
            client.get("/en/search/", asked)
        pairs = pairs[WARM:]
        found.append(
            {
                "what": f"{connection.vendor}: {what}",
                "ratio": median(full / empty for empty, full in pairs),
                "milliseconds": median(full for _empty, full in pairs) * 1_000,
                "empty": median(empty for empty, _full in pairs) * 1_000,
                "goal": goal,
                "queries": len(asked_queries),
                "bytes": weight,
            }
        )
    return found


def _seconds(client: Any, path: str, query: dict[str, str]) -> tuple[float, Any]:
    start = time.perf_counter()
    answer = client.get(path, query)
    return time.perf_counter() - start, answer


def measure(url: str, updates: int) -> list[dict[str, Any]]:
    """In a process of its own, since an installation has one database."""
    with tempfile.TemporaryDirectory(prefix="a4p-benchmark-") as folder:
        own = {
            "DATA_DIR": folder,
            "STATIC_ROOT": f"{folder}/static",
            "DATABASE_URL": url or f"sqlite:///{folder}/tracker.sqlite3",
        }
        own |= {"SECRET_KEY": "benchmark", "DEBUG": "0", "LOG_LEVEL": "ERROR", "DATABASE_STATEMENT_TIMEOUT": "600000"}
        own |= {"DJANGO_SETTINGS_MODULE": "a4p.settings", "HTTPS": "0", "DEMONSTRATION": "0"}
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "benchmarks.search", "--here", str(updates)],
            env={**os.environ, **own},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
        return found


def measure_on_server(url: str, updates: int) -> list[dict[str, Any]]:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME}")
        server.execute(f"CREATE DATABASE {NAME}")
        try:
            return measure(urlunsplit(urlsplit(url)._replace(path=f"/{NAME}")), updates)
        finally:
            server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def main() -> int:
    updates = int(sys.argv[sys.argv.index("--updates") + 1]) if "--updates" in sys.argv else UPDATES
    if "--here" in sys.argv:
        print(json.dumps(findings_here(int(sys.argv[-1]))))  # noqa: T201 - read by the process that started this one
        return 0
    url = os.environ.get("DATABASE_URL", "")
    found = measure("", updates)
    if url.startswith("postgres"):
        found += measure_on_server(url, updates)
    print("| search | to an empty page | goal | milliseconds (empty page) | queries | bytes | |")  # noqa: T201
    print("|---|---|---|---|---|---|---|")  # noqa: T201
    missed = 0
    for one in found:
        met = one["ratio"] <= one["goal"] and one["queries"] <= GOAL_QUERIES and one["bytes"] < GOAL_BYTES
        missed += not met
        print(  # noqa: T201
            f"| {one['what']} | {one['ratio']:.1f} x | ≤ {one['goal']:g} x | {one['milliseconds']:.0f} "
            f"({one['empty']:.1f}) | {one['queries']} | {one['bytes']:,} | {'met' if met else 'MISSED'} |"
        )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
