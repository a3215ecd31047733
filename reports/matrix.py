"""Areas against the kinds of owners that lead: who promised how much, and how much of it was answered."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from commitments.models import Area, OwnerKind
from reports.figures import Figures
from reports.overview import Overview
from reports.reading import Reading

SHADES = 5


@dataclass(frozen=True)
class Cell:
    """`shade` is 0 for none and 1 to 5 by how many there are beside the fullest cell."""

    n: int
    url: str
    shade: int


@dataclass(frozen=True)
class MatrixRow:
    area: Area | None  # None in the row of totals
    cells: list[Cell]
    total: Cell
    figures: Figures
    figures_url: str


@dataclass(frozen=True)
class Matrix:
    owners: list[tuple[str, str]]  # (kind, label) of those that lead a commitment
    rows: list[MatrixRow]
    foot: MatrixRow


def matrix_of(overview: Overview, reading: Reading) -> Matrix:
    """Every number leads to the list of what it counts."""
    leads = [row.leads for row in overview.areas]
    all_leads: Counter[str] = sum(leads, Counter())
    owners = [(kind, str(label)) for kind, label in OwnerKind.choices if all_leads[kind]]
    most = max((n for counter in leads for n in counter.values()), default=1)
    build = _Builder(overview, reading, [kind for kind, _label in owners], most)
    rows = [build.row(row.area, row.leads, row.figures) for row in overview.areas]
    return Matrix(owners, rows, build.row(None, all_leads, overview.total))


@dataclass(frozen=True)
class _Builder:
    overview: Overview
    reading: Reading
    kinds: list[str]
    most: int

    def row(self, area: Area | None, leads: Counter[str], figures: Figures) -> MatrixRow:
        within = {"area": area.uid} if area else {}
        cells = [self._cell({**within, "owner": kind}, leads[kind], is_shaded=area is not None) for kind in self.kinds]
        counted = reverse("cycle_figures", args=[self.overview.cycle.key])
        asked = self._with_moment(counted, {**within, "kind": "expected"}, with_cycle=False)
        return MatrixRow(area, cells, self._cell(within, leads.total()), figures, asked)

    def _cell(self, filters: dict[str, str], n: int, *, is_shaded: bool = False) -> Cell:
        shade = -(-n * SHADES // self.most) if is_shaded else 0
        return Cell(n, self._with_moment(reverse("commitments"), filters) if n else "", shade)

    def _with_moment(self, address: str, filters: dict[str, str], *, with_cycle: bool = True) -> str:
        chosen = {"cycle": self.reading.chosen.key} if with_cycle and self.reading.chosen else {}
        query = urlencode(filters | chosen | self.reading.moment)
        return f"{address}?{query}" if query else address
