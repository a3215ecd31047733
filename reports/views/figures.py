"""From any figure to what it counts: every number of a page or a report leads here."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.models import Area, Commitment
from progress.models import Assignment, Cycle
from reports import about, kept, queries
from reports.behind import behind_figure
from reports.figures import NOT_AGAIN
from reports.forms import FigureFilter
from reports.models import Report
from reports.reading import Reading
from reports.rendering import words
from reports.snapshot import assignments_of
from reports.views.reading import cycle_of_key, for_everyone, read_at_a_moment
from stakeholders.context import current_language
from stakeholders.models import Stakeholder

ROWS_A_PAGE = 50
NAMES = tuple(FigureFilter.base_fields)


@read_at_a_moment(*NAMES, "page")
def cycle_figures(request: HttpRequest, reading: Reading, key: str) -> HttpResponse:
    """A figure of the site's own pages, now or as it was."""
    cycle, filters = cycle_of_key(key), _filters(request)
    if filters.get("change") or filters.get("cycle"):
        raise Http404
    asked = Assignment.objects.filter(cycle=cycle)
    context = {
        "cycle": cycle,
        "reading": reading,
        "up": str(cycle),
        "up_url": reverse("cycle", args=[cycle.key]) + reading.day_query,
    }

    def make() -> dict[str, Any]:
        rows = behind_figure(asked, filters, language=current_language(), as_of=reading.as_of)
        return _listed(request, rows, filters) | context

    return kept.page(request, "reports/figures.html", make)


@for_everyone(*NAMES, "page")
def report_figures(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """A figure of a report, as it was when the report was made."""
    report = get_object_or_404(Report.objects.select_related("cycle", "baseline"), pk=report_id)
    filters = _filters(request)
    cycle, other = _cycles(report, filters)
    asked = assignments_of(report, cycle)
    context = {
        "cycle": cycle,
        "report": report,
        "up": _("Review report: %(cycle)s") % {"cycle": report.cycle},
        "up_url": reverse("report", args=[report.pk]),
    }

    def make() -> dict[str, Any]:
        rows = behind_figure(asked, filters, language=current_language(), as_of=report.as_of, other=other)
        return _listed(request, rows, filters) | context

    return kept.page(request, "reports/figures.html", make)


def _filters(request: HttpRequest) -> dict[str, str]:
    """The filters of the address. One that is unknown or makes no sense names no figure: Http404."""
    form = FigureFilter(request.GET)
    if set(request.GET) - {*form.fields, "page", "as_of"} or not form.is_valid():
        raise Http404
    return {name: value for name, value in form.cleaned_data.items() if value}


def _cycles(report: Report, filters: dict[str, str]) -> tuple[Cycle, Cycle | None]:
    """The cycle a figure counts in, and the one it is compared with."""
    if change := filters.get("change"):
        if report.baseline is None:
            raise Http404
        return (report.baseline, report.cycle) if change == NOT_AGAIN else (report.cycle, report.baseline)
    return (cycle_of_key(filters["cycle"]) if filters.get("cycle") else report.cycle), None


def _listed(request: HttpRequest, rows: Any, filters: dict[str, str]) -> dict[str, Any]:
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    versions = [row.version_id for row in page.object_list if row.version_id]
    readable = queries.readable_among(versions)
    listed = [(row, words.status_label(row.told) if row.told else "", row.version_id in readable) for row in page]
    meaning = _in_words(filters)
    about_it = about.of_figure(meaning, request.path)
    return {"about": about_it, "page": page, "rows": listed, "meaning": meaning, "filters": filters}


def _in_words(filters: dict[str, str]) -> list[str]:
    told = []
    if area := filters.get("area"):
        told.append(str(get_object_or_404(Area, uid=area)))
    if commitment := filters.get("commitment"):
        told.append(str(get_object_or_404(Commitment, uid=commitment)))
    if code := filters.get("stakeholder"):
        told.append(str(get_object_or_404(Stakeholder, code=code)))
    if owner := filters.get("owner"):
        told.append(words.owner_label(owner))
    if kind := filters.get("kind"):
        told.append(words.assignment_label(kind))
    if status := filters.get("status"):
        told.append(words.status_label(status))
    if change := filters.get("change"):
        told.append(words.change_label(change))
    return told
