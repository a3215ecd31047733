"""The whole at a glance: the overview, a cycle, a published text, the method."""

from dataclasses import replace
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse

from commitments.models import Commitment, Declaration, Provenance
from progress.models import Cycle
from progress.queries import named
from reports import about, kept, queries
from reports.dashboard import charts_of
from reports.matrix import matrix_of
from reports.overview import overview_of
from reports.reading import Reading
from reports.views.reading import for_everyone, read_at_a_moment
from stakeholders.context import current_language
from stakeholders.guards import find_or_refuse


@read_at_a_moment()
def home(request: HttpRequest, reading: Reading) -> HttpResponse:
    def context() -> dict[str, Any]:
        return {
            **_overview(reading, reading.cycle, brief=True),
            "about": about.the_whole(),
            "latest": queries.latest_published(reading.as_of),
            "newest_report": queries.newest_review(reading.as_of),
        }

    return kept.page(request, "reports/home.html", context)


@read_at_a_moment()
def cycle_page(request: HttpRequest, reading: Reading, key: str) -> HttpResponse:
    cycle = named(reading.begun, key)
    if cycle is None:
        raise Http404

    def context() -> dict[str, Any]:
        return {**_overview(replace(reading, chosen=cycle), cycle), "about": about.of_cycle(cycle)}

    return kept.page(request, "reports/cycle.html", context)


def _overview(reading: Reading, cycle: Cycle | None, *, brief: bool = False) -> dict[str, Any]:
    if cycle is None:
        return {"reading": reading}
    overview = overview_of(cycle, as_of=reading.as_of)
    return {
        "reading": reading,
        "cycle": cycle,
        "overview": overview,
        "matrix": matrix_of(overview, reading),
        "charts": charts_of(overview, reading, current_language().code, brief=brief),
    }


@for_everyone()
def version_page(request: HttpRequest, version_id: int) -> HttpResponse:
    """Exactly one published text: what every figure and every quotation in a report leads to."""

    def context() -> dict[str, Any]:
        version = find_or_refuse(queries.readable_versions(), pk=version_id)
        shown = queries.shown([version], current_language().code)[0]
        return {"about": about.of_update(shown), "shown": shown, "version": version}

    return kept.page(request, "reports/version.html", context)


@for_everyone()
def method_page(request: HttpRequest) -> HttpResponse:
    def context() -> dict[str, Any]:
        counted = Commitment.objects.current().values_list("provenance").annotate(n=Count("pk")).order_by()
        by_provenance = dict(counted)
        return {
            "about": about.of_method(),
            "declaration": Declaration.objects.filter(is_current=True).first(),
            "by_provenance": [(label, n) for key, label in Provenance.choices if (n := by_provenance.get(key))],
        }

    return kept.page(request, "reports/method.html", context)
