"""What was promised: the list of commitments, an area, a commitment and what has happened to it."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from commitments.models import Area, Commitment
from progress.models import Cycle, UpdateVersion
from progress.tallies import ever_public_on
from reports import about, kept, queries
from reports.besides import indicators_of, references_of
from reports.forms import CatalogueFilter
from reports.overview import areas_of, cycles_until, history_of, unasked
from reports.reading import Reading
from reports.rendering.words import paragraph_in_words
from reports.views.reading import read_at_a_moment
from stakeholders.context import current_language

ANSWERS_A_PAGE = 10
EVENTS_A_PAGE = 50


@read_at_a_moment("area", "owner", "party", "provenance")
def commitments_page(request: HttpRequest, reading: Reading) -> HttpResponse:
    return kept.page(request, "reports/commitments.html", lambda: _commitments(request, reading))


def _commitments(request: HttpRequest, reading: Reading) -> dict[str, Any]:
    areas = areas_of(reading.cycle, as_of=reading.as_of)
    form = CatalogueFilter(request.GET, areas=[row.area for row in areas])
    rows = [row for area in areas for row in area.commitments]
    if form.is_valid():
        rows = [row for row in rows if form.lets_through(row.commitment)]
    return {
        "about": about.of_commitments(),
        "reading": reading,
        "cycle": reading.cycle,
        "filters": form,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "rows": rows,
        "status": 200 if form.is_valid() else 400,
    }


@read_at_a_moment()
def area_page(request: HttpRequest, reading: Reading, uid: str) -> HttpResponse:
    return kept.page(request, "reports/area.html", lambda: _area(reading, uid))


def _area(reading: Reading, uid: str) -> dict[str, Any]:
    area: Area = get_object_or_404(Area.objects.select_related("declaration"), uid=uid)
    cycle = reading.cycle
    row = next((row for row in areas_of(cycle, as_of=reading.as_of) if row.area == area), None) or unasked(area)
    keys = {item.commitment.pk for item in row.commitments}
    cycles = cycles_until(cycle, reading.begun) if cycle else []
    history = history_of(cycles, as_of=reading.as_of, commitments=keys)
    return {
        "about": about.of_area(area),
        "reading": reading,
        "area": area,
        "references": references_of(area),
        "cycle": cycle,
        "row": row,
        "history": [line for line in reversed(history) if line[1].is_asked],
    }


@read_at_a_moment("page")
def commitment_page(request: HttpRequest, reading: Reading, uid: str) -> HttpResponse:
    return kept.page(request, "reports/commitment.html", lambda: _commitment(request, reading, uid))


def _commitment(request: HttpRequest, reading: Reading, uid: str) -> dict[str, Any]:
    owners = queries.owners_of(uid)
    if not owners:
        raise Http404
    commitment = owners[0].commitment
    latest = reading.cycle
    cycles = cycles_until(latest, reading.begun) if latest else []
    lines = history_of(cycles, as_of=reading.as_of, commitments={commitment.pk})
    history = [line for line in reversed(lines) if line[1].is_asked]
    cycle = reading.chosen or next((one for one, figures in history if figures.published), latest)
    figures = next((counted for one, counted in history if one == cycle), None)
    page = _answers(request, commitment, cycle, reading, figures.published if figures else 0) if cycle else None
    indicators = indicators_of(commitment, reading.as_of)
    language = current_language()
    return {
        "about": about.of_commitment(commitment),
        "reading": reading,
        "commitment": commitment,
        "lead": next(owner for owner in owners if owner.is_lead),
        "joint": [owner for owner in owners if not owner.is_lead],
        "cycle": cycle,
        "figures": figures,
        "history": history,
        "page": page,
        "answers": queries.shown(page, language.code) if page else [],
        "assessments": queries.assessments(reading.as_of, commitment=commitment, cycle=cycle) if cycle else [],
        "references": references_of(commitment.area, commitment),
        "indicators": indicators,
        "has_measurements": any(told.bars for told in indicators),
        "paragraph": paragraph_in_words(commitment.paragraph),
    }


def _answers(
    request: HttpRequest, commitment: Commitment, cycle: Cycle, reading: Reading, total: int
) -> Page[UpdateVersion]:
    versions = queries.answers_on(commitment, cycle, reading.as_of, current_language())
    paginator = Paginator(versions, ANSWERS_A_PAGE)
    if reading.as_of is None:
        paginator.count = total  # counted already; of an earlier day, what was withdrawn since is counted and not shown
    return paginator.get_page(request.GET.get("page"))


@read_at_a_moment("page")
def commitment_history(request: HttpRequest, reading: Reading, uid: str) -> HttpResponse:
    """Everything that ever came before the public on a commitment, and when it left."""
    return kept.page(request, "reports/commitment_history.html", lambda: _commitment_history(request, reading, uid))


def _commitment_history(request: HttpRequest, reading: Reading, uid: str) -> dict[str, Any]:
    commitment: Commitment = get_object_or_404(Commitment.objects.select_related("area"), uid=uid)
    events = Paginator(queries.ever_public(commitment, reading.as_of), EVENTS_A_PAGE)
    if reading.as_of is None:
        events.count = ever_public_on(commitment.pk)  # kept, since every cycle adds to what would be counted
    page = events.get_page(request.GET.get("page"))
    readable = queries.readable_among(version.pk for version in page)
    return {
        "about": about.of_history(commitment),
        "reading": reading,
        "commitment": commitment,
        "page": page,
        "events": [queries.Event.of(version, reading.as_of, is_readable=version.pk in readable) for version in page],
    }
