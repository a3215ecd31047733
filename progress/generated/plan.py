"""How much is generated, and for which quarters."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from progress.models.cycle import quarter_of

FIRST_YEAR = 2018  # cycles of earlier years are refused everywhere
Quarter = tuple[int, int]


@dataclass(frozen=True)
class Plan:
    """So many closed cycles and an open one after them, half answered.

    The open one is the quarter of `day`; where there are not enough quarters since 2018 before it, a later one, so that
    twenty years reach into the future.
    """

    day: date
    cycles: int = 80
    states: int = 193
    others: int = 60
    seed: int = 2018

    def quarters(self) -> list[Quarter]:
        """In their order, the open one last."""
        year, quarter = quarter_of(self.day)
        last = max(year * 4 + quarter - 1, FIRST_YEAR * 4 + self.cycles)
        return [(n // 4, n % 4 + 1) for n in range(last - self.cycles, last + 1)]


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=UTC)
