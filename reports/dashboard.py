"""The charts of the public pages: the same drawings as in the report, counted now."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from progress.models import Cycle
from reports.overview import Overview, cycles_until, history_of
from reports.reading import Reading
from reports.rendering import plans
from reports.rendering.charts import draw
from reports.rendering.document import Chart
from reports.rendering.plans import Group, Link


def charts_of(overview: Overview, reading: Reading, language: str, *, brief: bool = False) -> list[Chart]:
    """Statuses by area and coverage over the last cycles; the brief ones leave out the contributions.

    One query beside those of the overview for a reading of now, two for one of an earlier day.
    """
    link = _to(overview.cycle, reading.moment)
    areas = [Group(row.area.short_title, row.figures, {"area": row.area.uid}) for row in overview.areas]
    total = Group(_("All areas"), overview.total)
    drawn = plans.statuses_by_area(areas, total, link)[: 1 if brief else None]
    cycles = cycles_until(overview.cycle, reading.begun)
    totals = history_of(cycles, as_of=reading.as_of)
    history = [Group(str(cycle), figures, {"cycle": cycle.key}) for cycle, figures in totals if figures.expected]
    if len(history) > 1:
        drawn.append(plans.coverage_over_cycles(history, _to_any(reading.moment)))
    return [draw(plan, language) for plan in drawn]


def _to(cycle: Cycle, moment: Mapping[str, str]) -> Link:
    address = reverse("cycle_figures", args=[cycle.key])
    return lambda filters: f"{address}?{urlencode(sorted({**filters, **moment}.items()))}"


def _to_any(moment: Mapping[str, str]) -> Link:
    """To a figure of the cycle that the filters name."""

    def link(filters: Mapping[str, str]) -> str:
        others = {name: value for name, value in filters.items() if name != "cycle"}
        return f"{reverse('cycle_figures', args=[filters['cycle']])}?{urlencode(sorted({**others, **moment}.items()))}"

    return link
