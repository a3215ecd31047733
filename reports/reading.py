"""From when, and on which cycle, a page is read: `?as_of=2026-10-01` and `?cycle=2026-q3` in its address."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from urllib.parse import urlencode

from django.utils import timezone

from progress.models import Cycle
from progress.queries import newest_of, newest_with


@dataclass(frozen=True)
class Reading:
    """`day` is the day at whose end things are seen, None for now; `begun` has the cycles of then, newest first."""

    begun: list[Cycle] = field(default_factory=list)
    day: date | None = None
    chosen: Cycle | None = None

    @property
    def as_of(self) -> datetime | None:
        """The last instant of the day; None for now."""
        return datetime.combine(self.day, time.max, tzinfo=UTC) if self.day else None

    @property
    def on(self) -> date:
        """The day capacities are looked up on."""
        return self.day or timezone.now().date()

    @property
    def cycle(self) -> Cycle | None:
        """The cycle the address names, else the one that was current."""
        return self.chosen or self.current

    @property
    def current(self) -> Cycle | None:
        if self.day is None:
            return newest_of(self.begun)
        still_open = (cycle for cycle in self.begun if cycle.closes_on >= self.on)
        return next(still_open, self.begun[0] if self.begun else None)

    @property
    def query(self) -> str:
        """What a link to another page carries on, with its question mark; nothing for now and the current cycle."""
        return self.query_of(self.chosen)

    @property
    def day_query(self) -> str:
        """The same for pages that are about no one cycle."""
        return self.query_of(None)

    @property
    def moment(self) -> dict[str, str]:
        """The day as a parameter of an address; none for now."""
        return {"as_of": self.day.isoformat()} if self.day else {}

    def query_of(self, cycle: Cycle | None) -> str:
        given = ({"cycle": cycle.key} if cycle else {}) | self.moment
        return f"?{urlencode(given)}" if given else ""

    @property
    def tabs(self) -> list[tuple[Cycle, str]]:
        """The newest cycles and the chosen one, each with the query that leads to it."""
        return [(cycle, self.query_of(cycle)) for cycle in newest_with(self.begun, self.cycle)]


def begun_by(cycles: Iterable[Cycle], day: date | None) -> list[Cycle]:
    """Those that had begun by that day."""
    return [cycle for cycle in cycles if day is None or cycle.opens_on <= day]
