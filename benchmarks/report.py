"""What the report costs, as ratios to a floor measured in the same run.

    python -m benchmarks.report              300 updates of about 125 words
    python -m benchmarks.report --worst      8,685 updates of about 20 words as well

The floor is Typst on the same content without justification, hyphenation and tags, process start included. Costs are
CPU seconds of a process and its children, since the wall clock of a shared machine says little, and ratios are medians
of pairs taken one after the other. Ends with 1 when a goal is missed. docs/performance.md holds the last table.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ar", "zh-hans", "en", "fr", "ru", "es")
ROUNDS = {"small": 5, "worst": 3}
ROUNDS_OF_WORKERS = 3
SIZES = {"small": (300, 125), "worst": (8_685, 20)}
MEGABYTE = 1024
GOALS = {"pdf": 1.5, "set": 2.0, "queries": 30, "workers": 0.99, "small memory": 300, "worst memory": 1_500}
GOAL_WORDS = {"ar": 0.95}
GOAL_WORDS_ELSEWHERE = 0.99


@dataclass
class Finding:
    what: str
    value: float
    goal: float
    unit: str = "x"
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        value = f"{self.value:.1%}" if self.unit == "%" else f"{self.value:,.2f} {self.unit}".replace(".00 ", " ")
        goal = f"{self.goal:.0%}" if self.unit == "%" else f"{self.goal:g} {self.unit}"
        return f"| {self.what} | {value} | {sign} {goal} | {'met' if self.is_met else 'MISSED'} |"


class Installation:
    """A throw-away tracker; each step runs in a process of its own and answers in JSON."""

    def __init__(self, folder: str, size: str) -> None:
        self.size = size
        own = {"DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/tracker.sqlite3", "SECRET_KEY": "benchmark"}
        self.environment = {**os.environ, **own, "DEMONSTRATION": "1", "LOG_LEVEL": "ERROR"}

    def command(self, *words: object) -> list[str]:
        return [sys.executable, "-m", "benchmarks.report_steps", *map(str, words)]

    def run(self, *words: object) -> Any:
        done = subprocess.run(  # noqa: S603 - our own module
            self.command(*words), cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return json.loads(done.stdout.splitlines()[-1])

    def wall(self, workers: int) -> float:
        """Seconds in which so many processes, once started, make the files of a new report."""
        self.run("order")
        running = [
            subprocess.Popen(  # noqa: S603 - our own module
                self.command("work"),
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _n in range(workers)
        ]
        for worker in running:
            assert worker.stdout is not None
            worker.stdout.readline()  # it is ready
        start = time.monotonic()
        for worker in running:
            assert worker.stdin is not None
            worker.stdin.write("go\n")
            worker.stdin.flush()
        for worker in running:
            worker.communicate()
        return time.monotonic() - start


def measure(size: str) -> list[Finding]:
    with tempfile.TemporaryDirectory(prefix="a4p-benchmark-") as folder:
        here = Installation(folder, size)
        here.run("seed", *SIZES[size])
        findings = _costs(here)
        findings.append(Finding(f"{size}: queries for one file", here.run("queries"), GOALS["queries"], "queries"))
        findings += _words(here)
        if size == "small":
            pairs = [(here.wall(1), here.wall(2)) for _n in range(ROUNDS_OF_WORKERS)]
            ratio = median(together / alone for alone, together in pairs)
            findings.append(Finding(f"{size}: two workers' wall time, to one worker's", ratio, GOALS["workers"]))
        return findings


def _costs(here: Installation) -> list[Finding]:
    """In each round the floor and the PDF of every language in turn, then all files, against that round's floors."""
    pairs: dict[str, list[tuple[float, float]]] = {code: [] for code in LANGUAGES}
    sets, memory, typesetters = [], [], []
    for _round in range(ROUNDS[here.size]):
        for code in LANGUAGES:
            floor, answer = here.run("floor", code)["cpu"], here.run("pdf", code)
            pairs[code].append((floor, answer["cpu"]))
            typesetters.append(answer["typesetter"] / MEGABYTE)
        answer = here.run("set")
        sets.append(answer["cpu"] / sum(found[-1][0] for found in pairs.values()))
        memory.append(answer["memory"] / MEGABYTE)
    limit = GOALS[f"{here.size} memory"]
    return [
        *[_one_pdf(here.size, code, found) for code, found in pairs.items()],
        Finding(f"{here.size}: the 30 files, to the sum of the floors", median(sets), GOALS["set"]),
        Finding(f"{here.size}: memory of the process", max(memory), limit, "MB"),
        Finding(f"{here.size}: memory of the typesetter", max(typesetters), limit, "MB"),
    ]


def _one_pdf(size: str, code: str, pairs: list[tuple[float, float]]) -> Finding:
    floor, ratios = median(floor for floor, _pdf in pairs), [pdf / floor for floor, pdf in pairs]
    spread = f"{min(ratios):.2f} to {max(ratios):.2f} x"
    print(f"{size}, {code}: floor {floor:.2f} CPU s; PDF {spread} in {len(pairs)} rounds", flush=True)  # noqa: T201 - told beside the goals
    return Finding(f"{size}: one PDF, {code}, from rows to stored file", median(ratios), GOALS["pdf"])


def _words(here: Installation) -> list[Finding]:
    found = here.run("words")
    return [
        Finding(
            f"{here.size}: words found again in the PDF, {code}",
            share,
            GOAL_WORDS.get(code, GOAL_WORDS_ELSEWHERE),
            "%",
            at_least=True,
        )
        for code, share in found.items()
    ]


def main() -> int:
    findings = []
    for size in ["small", *(["worst"] if "--worst" in sys.argv else [])]:
        found = measure(size)
        print("\n| what | measured | goal | |", "|---|---|---|---|", *found, sep="\n", flush=True)  # noqa: T201 - this script exists to print
        findings += found
    return 0 if all(finding.is_met for finding in findings) else 1


if __name__ == "__main__":
    sys.exit(main())
