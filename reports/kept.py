"""What a page for everyone says, kept by its address while its frame is made for each reader.

Pages asked for without an account are kept whole (`reports.middleware`). Readers who have signed in, and addresses with
parameters that are not ours, get the same words in a frame of their own: the words come from here.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reports.about import About
from stakeholders import freshness

MOST_PAGES = 500
SEAM = "<!--seam-->"

Words = tuple[SafeString, SafeString, About]  # breadcrumbs, content, what the page is about
_kept: OrderedDict[tuple[str, ...], Words] = OrderedDict()
_lock = Lock()


def page(request: HttpRequest, template: str, make: Callable[[], Mapping[str, Any]]) -> HttpResponse:
    """The page of this template; `make` gives its context and runs only when nothing is kept.

    The context has the page's `about`, and a `status` when that is not 200. It must be the same for every reader of
    the address, and the view must be marked with `for_everyone`.
    """
    key = _key(request)
    words = _kept.get(key) if key else None
    context: Mapping[str, Any] = {}
    if words is None:
        context = make()
        words = _made(request, template, context)
    status = context.get("status", 200)
    if key and context and status == 200:
        _keep(key, words)
    breadcrumbs, content, about = words
    frame = {"about": about, "breadcrumbs": breadcrumbs, "content": content, "is_of_a_day": "as_of" in request.GET}
    if status != 200:
        frame["form"] = context["filters"]
    return render(request, "reports/frame.html", frame, status=status)


def _made(request: HttpRequest, template: str, context: Mapping[str, Any]) -> Words:
    inside = {**context, "layout": "reports/body.html", "request": request}
    breadcrumbs, _seam, content = render_to_string(template, inside).partition(SEAM)
    return SafeString(breadcrumbs), SafeString(content), context["about"]


def _keep(key: tuple[str, ...], words: Words) -> None:
    with _lock:
        _kept[key] = words
        while len(_kept) > MOST_PAGES:
            _kept.popitem(last=False)


def _key(request: HttpRequest) -> tuple[str, ...] | None:
    """By generation, so that publishing leaves all behind; none where pages are not kept."""
    generation = freshness.of_request.get()
    view = request.resolver_match.func if request.resolver_match else None
    if not generation or view is None:
        return None
    ours: frozenset[str] = getattr(view, "kept_with", frozenset())
    parameters = sorted((name, value) for name, value in request.GET.items() if name in ours)
    return (generation, request.path, *(f"{name}={value}" for name, value in parameters))
