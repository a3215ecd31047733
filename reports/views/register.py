"""Who promised: the register of stakeholders, and what each owes and has said."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from reports import about, kept, queries
from reports.forms import RegisterFilter
from reports.overview import cycles_until, totals_by_cycle
from reports.reading import Reading
from reports.views.reading import read_at_a_moment
from stakeholders.context import current_language
from stakeholders.models import Stakeholder


@read_at_a_moment("name", "kind", "group", "capacity")
def stakeholders_page(request: HttpRequest, reading: Reading) -> HttpResponse:
    return kept.page(request, "reports/stakeholders.html", lambda: _stakeholders(request, reading))


def _stakeholders(request: HttpRequest, reading: Reading) -> dict[str, Any]:
    form = RegisterFilter(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    groups = queries.register(current_language().code, reading.on, filters)
    return {
        "about": about.of_register(),
        "reading": reading,
        "filters": form,
        "is_filtered": any(filters.values()),
        "groups": groups,
        "total": sum(len(members) for _label, members in groups),
        "status": 200 if form.is_valid() else 400,
    }


@read_at_a_moment()
def stakeholder_page(request: HttpRequest, reading: Reading, code: str) -> HttpResponse:
    return kept.page(request, "reports/stakeholder.html", lambda: _stakeholder(reading, code))


def _stakeholder(reading: Reading, code: str) -> dict[str, Any]:
    stakeholder = get_object_or_404(Stakeholder, code=code)
    cycle, as_of = reading.cycle, reading.as_of
    owed = queries.owed_by(stakeholder, cycle, as_of) if cycle else []
    expected = [item for item in owed if item.is_expected]
    cycles = cycles_until(cycle, reading.begun) if cycle else []
    history = totals_by_cycle(cycles, as_of=as_of, stakeholder=stakeholder)
    endorsement, capacities = queries.standing_of(stakeholder, reading.on)
    return {
        "about": about.of_stakeholder(stakeholder),
        "reading": reading,
        "stakeholder": stakeholder,
        "cycle": cycle,
        "capacities": capacities,
        "endorsement": endorsement,
        "expected": expected,
        "answered": sum(item.answer is not None for item in expected),
        "contributions": [item for item in owed if item.answer and not item.is_expected],
        "invited": sum(not item.is_expected for item in owed),
        "history": [line for line in reversed(history) if line[1].is_asked],
        "assessments": queries.assessments(as_of, stakeholder=stakeholder, cycle=cycle) if cycle else [],
    }
