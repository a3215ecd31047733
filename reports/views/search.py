"""The public's search: words and filters stand in the address, and the page works without JavaScript."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from progress.models import Cycle
from reports.search import MOST_UPDATES, read_catalogue, search
from reports.search_forms import Register, SearchForm
from stakeholders.context import current_language

RESULTS_A_PAGE = 20


@require_GET
@login_not_required
def search_page(request: HttpRequest) -> HttpResponse:
    catalogue, register = read_catalogue(), Register()
    cycles = list(Cycle.objects.begun().newest_first())
    form = SearchForm(request.GET, catalogue=catalogue, cycles=cycles, register=register)
    context = {"form": form, "most": MOST_UPDATES}
    if not form.is_bound:
        return render(request, "reports/search.html", context)
    if not form.is_valid():
        return render(request, "reports/search.html", context, status=400)
    if form.terms:
        found = search(form.asked, catalogue, lambda: register.everyone, current_language())
        page = Paginator(range(len(found)), RESULTS_A_PAGE).get_page(request.GET.get("page"))
        results = found.part(max(0, page.start_index() - 1), page.end_index())
        context |= {"found": found, "page": page, "results": results}
    return render(request, "reports/search.html", context)
