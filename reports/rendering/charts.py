"""One geometry for every drawing: SVG in pages, the same bars drawn by the typesetter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reports.rendering.document import Bar, Segment

EMPTY = 1e-9
ROOM_PER_CHARACTER = 0.016
ROOM_AROUND = 0.012


@dataclass
class Row:
    """One line of a chart before it is drawn."""

    label: str
    description: str
    values: Mapping[str, int]

    @property
    def sum(self) -> int:
        return sum(self.values.values())


def stacked_bars(
    rows: Sequence[Row], keys: Sequence[str], *, mirrored: bool, full: bool, write: Callable[[int], str]
) -> list[Bar]:
    """Stacked bars, `mirrored` ones growing from the right.

    With `full` every bar fills the line and shows shares; otherwise all have one scale and the longest fills it.
    Positions are physical, so that no renderer's idea of direction can move them.
    """
    longest = max([row.sum for row in rows] or [0])
    return [_bar(row, keys, (row.sum if full else longest) or 1, mirrored, write) for row in rows]


def _bar(row: Row, keys: Sequence[str], whole: int, mirrored: bool, write: Callable[[int], str]) -> Bar:
    position, segments = 0.0, []
    for key in keys:
        width = row.values.get(key, 0) / whole
        if width > EMPTY:
            start = 1 - position - width if mirrored else position
            value = write(row.values[key])
            has_room = width > ROOM_PER_CHARACTER * len(value) + ROOM_AROUND
            segments.append(Segment(key, value, round(start, 6), round(width, 6), has_room))
        position += width
    return Bar(row.label, write(row.sum), row.description, segments)
