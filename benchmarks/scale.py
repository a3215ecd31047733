"""Whether the time of anything depends on the number of cycles: 1, 8 and 80 of them, on PostgreSQL.

    POSTGRES_URL=postgres://postgres@127.0.0.1:5432/postgres python -m benchmarks.scale
        --sizes 1,8,80    cycles of the sizes to compare, the smallest first
        --keep            leave the databases (a4p_scale_1, ...) and use those that are there
        --write           put table and plot into docs/performance.md and docs/img/scale.svg
        --only WORD       the rows whose name holds this word
    SCALE_ROUNDS=5 makes it shorter and less exact (12).

Each size has a database of its own, filled by `generate_load`, and a server with the settings of production. Servers
of all sizes run at once and are asked in turn, so that whatever else the machine does slows all of them; every time is
also told as a ratio to an empty view of the same server, asked just before. Pages for everyone are measured twice: with
every cache switched off, and as they are kept. Ends with 1 when a row takes more than 1.3 times as long at the largest
size as at the smallest.
"""

import argparse
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from statistics import median
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from benchmarks import scale_told
from benchmarks.deadline import Server
from benchmarks.scale_told import Row
from benchmarks.scale_writing import write_paths

SIZES = (1, 8, 80)
ROUNDS, WARM = 12, 2
NOT_ANSWERED: list[str] = []
AT_ONCE_EMPTY = 3
LONGEST_SILENCE = 1.0
COLD, KEPT = "cold", "kept"
NEVER_KEPT = ("search", "API")


@dataclass
class Site:
    """One size: its server and what there is to ask."""

    cycles: int
    server: Server
    prepared: dict[str, Any] = field(default_factory=dict)
    connection: HTTPConnection | None = None
    used_at: float = 0

    def seconds(self, path: str, session: str) -> float:
        """For one whole answer; RuntimeError when it is none."""
        headers = {"Cookie": f"sessionid={session}"} if session else {}
        connection = self.open()
        began = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        taken = time.perf_counter() - began
        if answer.status != 200:
            raise RuntimeError(f"{self.cycles} cycles: {answer.status} for {path}")
        return taken

    def open(self) -> HTTPConnection:
        """A connection that the server has not given up meanwhile: it does so after two seconds without a request."""
        now = time.monotonic()
        if self.connection is None or now - self.used_at > LONGEST_SILENCE:
            self.close()
            self.connection = self.server.connect()
            self.connection.connect()
        self.used_at = now
        return self.connection

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def empty(self) -> float:
        return min(self.seconds("/empty/", "") for _time in range(AT_ONCE_EMPTY))


def rounds() -> int:
    return int(os.environ.get("SCALE_ROUNDS", ROUNDS))


@contextmanager
def running(sites: list[Site]) -> Iterator[None]:
    """All servers at once."""
    with ExitStack() as stack:
        for site in sites:
            process = site.server.start()
            stack.callback(process.wait)
            stack.callback(process.terminate)
            stack.callback(site.close)
        yield


def tried(measure: Callable[..., Row], name: str, *arguments: Any) -> Row | None:
    """One row; what is not answered is told at the end and stops no other row."""
    try:
        return measure(name, *arguments)
    except (RuntimeError, HTTPException, OSError) as error:
        NOT_ANSWERED.append(f"{name}: {error}")
        return None


def measured(name: str, sites: list[Site], who: str) -> Row:
    """In turn of all sites; another address of the same kind each round."""
    row = Row(name, COLD)
    addresses = [itertools.cycle(site.prepared["pages"][who][name]) for site in sites]
    for nth in range(WARM + rounds()):
        for site, paths in zip(sites, addresses, strict=True):
            empty, full = site.empty(), site.seconds(next(paths), site.prepared["sessions"].get(who, ""))
            if nth >= WARM:
                row.note(site.cycles, full, empty)
    sys.stderr.write(f"{row.title}: {row.growth:.2f}\n")
    return row


def measured_again(name: str, sites: list[Site]) -> Row:
    """The same page for a second time and more, as it is kept."""
    row = Row(name, KEPT)
    paths = [site.prepared["pages"]["nobody"][name][0] for site in sites]
    for nth in range(WARM + rounds()):
        for site, path in zip(sites, paths, strict=True):
            empty, full = site.empty(), site.seconds(path, "")
            if nth >= WARM:
                row.note(site.cycles, full, empty)
    return row


def stepped(sites: list[Site], step: str) -> list[Row]:
    """What no request does, in a process of its own; to an empty view as it was measured for the pages."""
    rows: dict[str, Row] = {}
    for site in sites:
        for what, seconds in site.server.step(step).items():
            rows.setdefault(what, Row(what, COLD)).note(site.cycles, seconds, site.prepared["empty"])
    return list(rows.values())


def measure(sites: list[Site], kept: list[Site], only: str) -> list[Row]:
    found = []
    with running(sites):
        for site in sites:
            site.prepared["empty"] = median(site.empty() for _time in range(ROUNDS))
        for who, pages in sites[0].prepared["pages"].items():
            found += [row for name in pages if only in name and (row := tried(measured, name, sites, who))]
        found += [row for row in write_paths(sites) if only in row.name]
    with running(kept):
        pages = sites[0].prepared["pages"]["nobody"]
        are_kept = [name for name in pages if only in name and not name.startswith(NEVER_KEPT)]
        found += [row for name in are_kept if (row := tried(measured_again, name, kept))]
    if not only:
        found += stepped(sites, "turn") + stepped(sites, "compile")
    return found


def sites_of(sizes: list[int], folder: str, server: str, *, keep: bool) -> tuple[list[Site], list[Site]]:
    """Filled databases; of each a site without caches and one with them."""
    cold, kept = [], []
    for cycles in sizes:
        url = urlunsplit(urlsplit(server)._replace(path=f"/{name_of(cycles)}"))
        create(server, name_of(cycles), keep=keep)
        data = f"{folder}/{cycles}"
        own = {"steps": "benchmarks.scale_steps", "DJANGO_SETTINGS_MODULE": "benchmarks.pages_settings"}
        own |= {"API_RATE_ANONYMOUS": "1000000", "API_RATE_SIGNED_IN": "1000000"}
        own |= {"CACHE_URL": "", "STATIC_ROOT": f"{folder}/static"}
        bare = Site(cycles, Server(data, url, **own, PUBLIC_CACHE_SECONDS="0"))
        made_in = bare.server.step("fill", cycles)
        bare.prepared = bare.server.step("prepare")
        bare.prepared["made in"] = made_in
        cold.append(bare)
        kept.append(Site(cycles, Server(data, url, **own), bare.prepared))
    return cold, kept


def name_of(cycles: int) -> str:
    return f"a4p_scale_{cycles}"


def create(server: str, name: str, *, keep: bool) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        if not keep:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f"CREATE DATABASE {name}")


def drop(server: str, sizes: list[int]) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        for cycles in sizes:
            connection.execute(f"DROP DATABASE IF EXISTS {name_of(cycles)} WITH (FORCE)")


def main() -> int:
    parser = argparse.ArgumentParser(description="Whether the time of anything depends on the number of cycles.")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    server = os.environ.get("POSTGRES_URL")
    if not server:
        raise SystemExit("Name a PostgreSQL server whose databases may be made: POSTGRES_URL=postgres://...")
    sizes = sorted(map(int, asked.sizes.split(",")))
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="a4p-scale-") as folder:
        cold, kept = sites_of(sizes, folder, server, keep=asked.keep)
        rows = measure(cold, kept, asked.only)
    if not asked.keep:
        drop(server, sizes)
    told = scale_told.Told(rows, [(site.cycles, site.prepared) for site in cold])
    print(told.table())  # noqa: T201 - this script exists to print
    print(f"\n{time.monotonic() - began:.0f} seconds in all.")  # noqa: T201 - as above
    if asked.write:
        told.write()
    print(*(f"Not answered: {one}" for one in NOT_ANSWERED), sep="\n")  # noqa: T201 - as above
    return 1 if told.missed or NOT_ANSWERED else 0


if __name__ == "__main__":
    sys.exit(main())
