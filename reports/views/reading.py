"""What the pages for everyone have in common, and how they learn from their address when they are read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from progress.models import Cycle
from progress.queries import named
from reports.forms import ReadingForm, as_typed
from reports.reading import Reading, begun_by
from stakeholders.context import current_language, in_language

View = Callable[..., HttpResponse]
MOMENT = ("cycle", "as_of")


def for_everyone(*parameters: str) -> Callable[[View], View]:
    """A page that needs no account and looks the same to all who have none.

    These are the parameters its address may have; the page cache keeps no others.
    """

    def decorate(view: View) -> View:
        page = login_not_required(require_safe(view))
        page.kept_with = frozenset(parameters)  # type: ignore[attr-defined] # read by the page cache
        return page

    return decorate


def read_at_a_moment(*parameters: str) -> Callable[[View], View]:
    """The same for a page that takes a `Reading` after the request; an address that makes no sense is explained."""

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            begun = list(Cycle.objects.begun().newest_first())
            key = request.GET.get("cycle")
            chosen = named(begun, key)
            if key and chosen is None:
                raise Http404
            if not request.GET.get("as_of"):
                return view(request, Reading(begun, None, chosen), *args, **kwargs)
            form = ReadingForm(as_typed(request.GET), begun=begun)
            if not form.is_valid():
                return _ask(request, form, request.path, status=400)
            day = form.cleaned_data["as_of"]
            return view(request, Reading(begun_by(begun, day), day, chosen), *args, **kwargs)

        page.is_read_at_a_moment = True  # type: ignore[attr-defined] # asked by choose_page
        return for_everyone(*MOMENT, *parameters)(page)

    return decorate


def cycle_of_key(key: str) -> Cycle:
    """The cycle a page's address names: 2026-q4. Http404 when it has not begun or is not one."""
    year, _dash, quarter = key.partition("-q")
    if not (year.isdecimal() and quarter.isdecimal()):
        raise Http404
    return get_object_or_404(Cycle.objects.begun(), year=int(year), quarter=int(quarter))


@login_not_required
@require_safe
def choose_page(request: HttpRequest) -> HttpResponse:
    """Leads back to the page named by `page`, on the cycle and at the end of the day chosen here."""
    path = in_language(current_language(), request.GET.get("page", ""))
    if not _is_read_at_a_moment(path):
        raise Http404
    begun = list(Cycle.objects.begun().newest_first())
    if not {"cycle", "as_of_year"} & set(request.GET):
        return _ask(request, ReadingForm(begun=begun), path)
    form = ReadingForm(request.GET, begun=begun)
    if not form.is_valid():
        return _ask(request, form, path, status=400)
    chosen = {name: value for name in MOMENT if (value := form.cleaned_data[name])}
    return redirect(f"{path}?{urlencode(chosen)}" if chosen else path)


def _ask(request: HttpRequest, form: ReadingForm, path: str, *, status: int = 200) -> HttpResponse:
    return render(request, "reports/reading.html", {"form": form, "page_path": path}, status=status)


def _is_read_at_a_moment(path: str) -> bool:
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    return hasattr(view, "is_read_at_a_moment")
