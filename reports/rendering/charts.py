"""One geometry for every drawing: SVG in pages, the same bars drawn by the typesetter."""

from collections.abc import Callable, Mapping, Sequence

from reports.rendering.document import Bar, Segment

EMPTY = 1e-9


def stacked_bars(
    rows: Sequence[tuple[str, Mapping[str, int]]],
    keys: Sequence[str],
    *,
    mirrored: bool,
    write: Callable[[int], str],
) -> list[Bar]:
    """Bars on one scale, the longest filling the line; `mirrored` makes them grow from the right.

    Positions are physical, so that no renderer's idea of direction can move them.
    """
    longest = max([sum(values.values()) for _label, values in rows] or [0]) or 1
    bars = []
    for label, values in rows:
        position, segments = 0.0, []
        for key in keys:
            width = values.get(key, 0) / longest
            if width > EMPTY:
                start = 1 - position - width if mirrored else position
                segments.append(Segment(key, write(values[key]), round(start, 6), round(width, 6)))
            position += width
        bars.append(Bar(label, write(sum(values.values())), segments))
    return bars
