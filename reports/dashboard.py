"""The charts of the public pages: the same drawings as in the report, counted now."""

from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from progress.models import Cycle
from reports.figures import Figures
from reports.overview import Overview, cycles_until, totals_by_cycle
from reports.rendering import plans
from reports.rendering.charts import draw
from reports.rendering.document import Chart
from reports.rendering.plans import Group, Link


def charts_of(overview: Overview, begun: Iterable[Cycle], language: str, *, brief: bool = False) -> list[Chart]:
    """Statuses by area, areas by leading owner and coverage over the last cycles; the brief ones leave out the second.

    `begun` are the cycles to look back on. Two queries beside those of the overview.
    """
    link = _to(overview.cycle)
    areas = [Group(row.area.short_title, row.figures, {"area": row.area.uid}, row.leads) for row in overview.areas]
    leads: Counter[str] = sum((row.leads for row in overview.areas), Counter())
    total = Group(_("All areas"), overview.total, {}, leads)
    drawn = plans.statuses_by_area(areas, total, link)[: 1 if brief else None]
    if not brief:
        drawn.append(plans.areas_by_owner(areas, total))
    history = [Group(str(cycle), figures, {"cycle": cycle.key}) for cycle, figures in _history(overview.cycle, begun)]
    if len(history) > 1:
        drawn.append(plans.coverage_over_cycles(history, _to_any))
    return [draw(plan, language) for plan in drawn]


def _history(cycle: Cycle, begun: Iterable[Cycle]) -> list[tuple[Cycle, Figures]]:
    totals = totals_by_cycle(cycles_until(cycle, begun))
    return [(one, figures) for one, figures in totals if figures.expected]


def _to(cycle: Cycle) -> Link:
    address = reverse("cycle_figures", args=[cycle.key])
    return lambda filters: f"{address}?{urlencode(sorted(filters.items()))}"


def _to_any(filters: Mapping[str, str]) -> str:
    """To a figure of the cycle that the filters name."""
    others = {name: value for name, value in filters.items() if name != "cycle"}
    return f"{reverse('cycle_figures', args=[filters['cycle']])}?{urlencode(sorted(others.items()))}"
