"""What everyone may read: what was promised, by whom, and what was done."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from commitments.models import Area, Commitment, Declaration, Provenance
from progress.models import Cycle
from progress.queries import current_cycle, newest_of
from reports import queries
from reports.dashboard import charts_of
from reports.overview import AreaRow, Overview, overview_of, totals_by_cycle
from reports.rendering.words import paragraph_in_words
from stakeholders.context import current_language
from stakeholders.guards import find_or_refuse
from stakeholders.models import Stakeholder


def cycle_of_key(key: str) -> Cycle:
    """The cycle a page's address names: 2026-q4. Http404 when it has not begun or is not one."""
    year, _dash, quarter = key.partition("-q")
    if not (year.isdecimal() and quarter.isdecimal()):
        raise Http404
    return get_object_or_404(Cycle.objects.begun(), year=int(year), quarter=int(quarter))


def _chosen_cycle(request: HttpRequest) -> Cycle | None:
    key = request.GET.get("cycle")
    return cycle_of_key(key) if key else current_cycle()


@require_GET
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    begun = list(Cycle.objects.begun().newest_first())
    key = request.GET.get("cycle")
    context = {
        **_overview(_of_key(begun, key) if key else newest_of(begun), begun, brief=True),
        "latest": queries.latest_published(),
        "newest_report": queries.newest_review(),
    }
    return render(request, "reports/home.html", context)


@require_GET
@login_not_required
def cycle_page(request: HttpRequest, key: str) -> HttpResponse:
    begun = list(Cycle.objects.begun().newest_first())
    return render(request, "reports/cycle.html", _overview(_of_key(begun, key), begun))


def _of_key(begun: list[Cycle], key: str) -> Cycle:
    cycle = next((cycle for cycle in begun if cycle.key == key), None)
    if cycle is None:
        raise Http404
    return cycle


def _overview(cycle: Cycle | None, begun: list[Cycle], *, brief: bool = False) -> dict[str, Any]:
    overview = overview_of(cycle) if cycle else None
    charts = charts_of(overview, begun, current_language().code, brief=brief) if overview else []
    return {"cycle": cycle, "cycles": begun, "overview": overview, "charts": charts}


@require_GET
@login_not_required
def area_page(request: HttpRequest, uid: str) -> HttpResponse:
    area = get_object_or_404(Area, uid=uid)
    cycle = _chosen_cycle(request)
    row = _row_of(overview_of(cycle), area) if cycle else None
    context = {"area": area, "cycle": cycle, "cycles": list(Cycle.objects.begun().newest_first()), "row": row}
    return render(request, "reports/area.html", context)


def _row_of(overview: Overview, area: Area) -> AreaRow | None:
    return next((row for row in overview.areas if row.area.pk == area.pk), None)


@require_GET
@login_not_required
def commitment_page(request: HttpRequest, uid: str) -> HttpResponse:
    commitment = get_object_or_404(Commitment.objects.with_owners().select_related("area__declaration"), uid=uid)
    cycle = _chosen_cycle(request)
    figures = totals_by_cycle([cycle], commitment=commitment)[0][1] if cycle else None
    context = {
        "commitment": commitment,
        "cycle": cycle,
        "figures": figures if figures and (figures.expected or figures.invited) else None,
        "answers": queries.answers_on(commitment, current_language().code),
        "assessments": queries.assessments(commitment=commitment),
        "paragraph": paragraph_in_words(commitment.paragraph),
    }
    return render(request, "reports/commitment.html", context)


@require_GET
@login_not_required
def stakeholders_page(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/stakeholders.html", {"groups": queries.register(current_language().code)})


@require_GET
@login_not_required
def stakeholder_page(request: HttpRequest, code: str) -> HttpResponse:
    stakeholder = get_object_or_404(Stakeholder, code=code)
    cycle = _chosen_cycle(request)
    owed = queries.owed_by(stakeholder, cycle, current_language().code) if cycle else []
    expected = [item for item in owed if item.is_expected]
    context = {
        "stakeholder": stakeholder,
        "cycle": cycle,
        "cycles": list(Cycle.objects.begun().newest_first()),
        "capacities": list(queries.capacities_of(stakeholder)),
        "endorsement": queries.endorsement(stakeholder, timezone.now().date()),
        "expected": expected,
        "answered": sum(item.answer is not None for item in expected),
        "contributions": [item for item in owed if item.answer and not item.is_expected],
        "assessments": queries.assessments(stakeholder=stakeholder, cycle=cycle) if cycle else [],
        "invited": sum(not item.is_expected for item in owed),
    }
    return render(request, "reports/stakeholder.html", context)


@require_GET
@login_not_required
def version_page(request: HttpRequest, version_id: int) -> HttpResponse:
    """Exactly one published text: what every figure and every quotation in a report leads to."""
    version = find_or_refuse(queries.readable_versions(), pk=version_id)
    shown = queries.shown([version], current_language().code)[0]
    return render(request, "reports/version.html", {"shown": shown, "version": version})


@require_GET
@login_not_required
def method_page(request: HttpRequest) -> HttpResponse:
    declaration = Declaration.objects.filter(is_current=True).first()
    by_provenance = [
        (str(label), Commitment.objects.current().filter(provenance=key).count())
        for key, label in Provenance.choices
        if key != Provenance.OFFICIAL
    ]
    return render(request, "reports/method.html", {"declaration": declaration, "by_provenance": by_provenance})
