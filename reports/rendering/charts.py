"""One geometry for every drawing: SVG in pages, the same bars drawn by the typesetter, and their table beside them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.rendering.document import NOTHING, Bar, Cell, Chart, Segment, Table
from reports.rendering.words import listed
from stakeholders.dates import number
from stakeholders.languages import get_language

EMPTY = 1e-9
ROOM_PER_CHARACTER = 0.016
ROOM_AROUND = 0.012


@dataclass(frozen=True)
class Key:
    """What a piece of a bar stands for. `ground` names how it is filled, told apart without colour."""

    name: str
    label: str
    ground: str


@dataclass
class Row:
    """One line of a chart before it is drawn; `links` lead from a key's figure to what it counts."""

    label: str
    values: Mapping[str, int]
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def sum(self) -> int:
        return sum(self.values.values())


@dataclass
class Plan:
    """A chart before it is drawn in a language. With `full` every bar fills the line and shows shares."""

    caption: str
    column: str
    keys: Sequence[Key]
    rows: Sequence[Row]
    full: bool
    total: Row | None = None


def draw(plan: Plan, language: str) -> Chart:
    def write(n: int) -> str:
        return number(n, language)

    def told(row: Row) -> str:
        parts = [
            _("%(status)s: %(n)s") % {"status": key.label, "n": write(row.values[key.name])}
            for key in plan.keys
            if row.values.get(key.name)
        ]
        return listed(parts, language) or NOTHING

    mirrored = get_language(language).direction == "rtl"
    bars = stacked_bars(plan.rows, plan.keys, mirrored=mirrored, full=plan.full, write=write, tell=told)
    return Chart(
        caption=plan.caption,
        description="; ".join(f"{bar.label} – {bar.description}" for bar in bars),
        legend=[(key.ground, key.label) for key in plan.keys],
        bars=bars,
        table=_table(plan, write),
    )


def stacked_bars(
    rows: Sequence[Row],
    keys: Sequence[Key],
    *,
    mirrored: bool,
    full: bool,
    write: Callable[[int], str],
    tell: Callable[[Row], str],
) -> list[Bar]:
    """Stacked bars, `mirrored` ones growing from the right.

    Without `full` all have one scale and the longest fills the line. Positions are physical, so that no renderer's
    idea of direction can move them.
    """
    longest = max([row.sum for row in rows] or [0])
    wholes = [(row.sum if full else longest) or 1 for row in rows]
    return [
        Bar(row.label, write(row.sum), tell(row), _segments(row, keys, whole, mirrored, write))
        for row, whole in zip(rows, wholes, strict=True)
    ]


def _segments(row: Row, keys: Sequence[Key], whole: int, mirrored: bool, write: Callable[[int], str]) -> list[Segment]:
    position, segments = 0.0, []
    for key in keys:
        width = row.values.get(key.name, 0) / whole
        if width > EMPTY:
            start = 1 - position - width if mirrored else position
            value = write(row.values[key.name])
            has_room = width > ROOM_PER_CHARACTER * len(value) + ROOM_AROUND
            segments.append(Segment(key.ground, value, round(start, 6), round(width, 6), has_room))
        position += width
    return segments


def _table(plan: Plan, write: Callable[[int], str]) -> Table:
    def figure(n: int, url: str) -> Cell:
        return Cell(write(n), url if n else "", is_figure=True)

    def line(row: Row) -> list[Cell]:
        figures = [figure(row.values.get(key.name, 0), row.links.get(key.name, "")) for key in plan.keys]
        return [Cell(row.label), *figures, figure(row.sum, row.links.get("", ""))]

    columns = [plan.column, *(key.label for key in plan.keys), pgettext("column", "Total")]
    return Table(
        caption=plan.caption,
        columns=columns,
        rows=[line(row) for row in plan.rows],
        numeric=[False] + [True] * (len(columns) - 1),
        widths=[2.3] + [1.0] * (len(columns) - 2) + [0.8],
        foot=line(plan.total) if plan.total else [],
    )
