"""What benchmarks/scale.py has found, as a table and as a picture."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE, PICTURE = ROOT / "docs" / "performance.md", ROOT / "docs" / "img" / "scale.svg"
BEGIN, END = "<!-- scale: written by benchmarks/scale.py -->", "<!-- /scale -->"
GOAL = 1.3
# Told apart by shape; greys and blues of a middle lightness stand out from white as from black.
INK, MARKS = "#767676", (("circle", "#767676"), ("square", "#3b82c4"), ("triangle", "#c2571a"))
NAMES, LEFT, RIGHT, LINE, TOP = 290, 300, 760, 17, 60
LEAST, MOST = 0.5, 2.0


@dataclass
class Row:
    """One thing that was timed: seconds by size, and those of the empty views asked just before."""

    name: str
    kind: str
    full: dict[int, list[float]] = field(default_factory=dict)
    empty: dict[int, list[float]] = field(default_factory=dict)

    def note(self, size: int, seconds: float, empty: float) -> None:
        self.full.setdefault(size, []).append(seconds)
        self.empty.setdefault(size, []).append(empty)

    def milliseconds(self, size: int) -> float:
        return median(self.full[size]) * 1_000

    def to_empty(self, size: int) -> float:
        return median(self.full[size]) / median(self.empty[size])

    def to_smallest(self, size: int) -> float:
        """How many times as long as at the smallest size, both asked in turn in one run."""
        return median(self.full[size]) / median(self.full[min(self.full)])

    @property
    def growth(self) -> float:
        return self.to_smallest(max(self.full))

    @property
    def title(self) -> str:
        return f"{self.name.replace('_', ' ')}, kept" if self.kind == "kept" else self.name.replace("_", " ")


@dataclass
class Told:
    rows: Sequence[Row]
    sizes: Sequence[tuple[int, dict[str, Any]]]  # cycles, and what stands in their database

    @property
    def missed(self) -> list[Row]:
        return [row for row in self.rows if row.growth > GOAL]

    def table(self) -> str:
        cycles = [size for size, _prepared in self.sizes]
        held = [
            f"{size} closed cycles and an open one: {prepared['updates']:,} updates, {prepared['versions']:,} versions"
            + (f", generated in {prepared['made in']} s" if prepared["made in"] else "")
            for size, prepared in self.sizes
        ]
        rounds = max((len(row.full[cycles[0]]) for row in self.rows), default=0)
        held.append(
            f"Medians of {rounds} rounds; {os.cpu_count()} cores with a load of {os.getloadavg()[1]:.1f} at the end, "
            "of which this command makes between one and two."
        )
        head = "".join(f" {size} cycles |" for size in cycles)
        lines = [*(f"* {line}" for line in held), ""]
        lines += [f"| |{head} {cycles[-1]} to {cycles[0]}, ≤ {GOAL} | |", f"|---|{'---|' * (len(cycles) + 2)}"]
        for row in self.rows:
            cells = "".join(f" {row.to_empty(size):,.0f} x ({row.milliseconds(size):,.1f} ms) |" for size in cycles)
            lines.append(f"| {row.title} |{cells} {row.growth:.2f} | {'MISSED' if row in self.missed else 'met'} |")
        return "\n".join(lines)

    def picture(self) -> str:
        """Each row's time at each size as a multiple of that at the smallest; the goal is a line."""
        height = TOP + LINE * len(self.rows) + 20
        sizes = [size for size, _prepared in self.sizes]
        said = f"{len(self.rows) - len(self.missed)} of {len(self.rows)} rows stay within {GOAL} times."
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {RIGHT + 40} {height}" role="img" '
            f'aria-labelledby="title desc" font-family="sans-serif" font-size="12" fill="{INK}">',
            f'<title id="title">Time at {", ".join(map(str, sizes))} cycles, to that at {sizes[0]}</title>',
            f'<desc id="desc">{said} The table in performance.md holds every figure.</desc>',
        ]
        parts += self._legend(sizes) + self._scale(height)
        for nth, row in enumerate(self.rows):
            y = TOP + LINE * nth + 8
            parts.append(f'<text x="{NAMES}" y="{y + 4}" text-anchor="end">{escape(row.title)}</text>')
            parts += [_mark(n, _place(row.to_smallest(size)), y) for n, size in enumerate(sizes)]
        return "\n".join([*parts, "</svg>", ""])

    def _legend(self, sizes: list[int]) -> list[str]:
        found = []
        for n, size in enumerate(sizes):
            x = LEFT + 130 * n
            found.append(f'{_mark(n, x, 12)}<text x="{x + 12}" y="16">{size} cycles</text>')
        return found

    def _scale(self, height: int) -> list[str]:
        found = []
        for value in (0.5, 1.0, GOAL, 2.0):
            x, dash = _place(value), ' stroke-dasharray="5 3"' if value == GOAL else ' stroke-opacity="0.4"'
            found.append(f'<line x1="{x}" y1="{TOP - 8}" x2="{x}" y2="{height - 12}" stroke="{INK}"{dash}/>')
            label = f"goal {value}" if value == GOAL else f"{value:g} x"
            found.append(f'<text x="{x}" y="{TOP - 14}" text-anchor="middle">{label}</text>')
        return found

    def write(self) -> None:
        """Between the marks of the page, and the picture beside it."""
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.write_text(self.picture(), encoding="utf-8")
        page = PAGE.read_text(encoding="utf-8")
        between = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
        assert between.search(page), f"{PAGE.name} has no marks"
        told = f"{BEGIN}\n\n{self.table()}\n\n{END}"
        PAGE.write_text(between.sub(lambda _found: told, page), encoding="utf-8")


def _place(value: float) -> float:
    """Where a multiple stands; beyond the ends at the ends."""
    share = (min(MOST, max(LEAST, value)) - LEAST) / (MOST - LEAST)
    return round(LEFT + share * (RIGHT - LEFT), 1)


def _mark(nth: int, x: float, y: float) -> str:
    shape, colour = MARKS[nth % len(MARKS)]
    match shape:
        case "circle":
            return f'<circle cx="{x}" cy="{y}" r="4" fill="none" stroke="{colour}" stroke-width="1.5"/>'
        case "square":
            return f'<rect x="{x - 3.5}" y="{y - 3.5}" width="7" height="7" fill="{colour}"/>'
    return f'<path d="M{x} {y - 5} l5 9 h-10 z" fill="{colour}"/>'
