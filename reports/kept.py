"""What a page for everyone says, kept by its address while its frame is made for each reader.

Pages asked for without an account are kept whole (`reports.middleware`). Readers who have signed in get the same words
in a frame of their own: the words come from here.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reports.about import About
from reports.addresses import has_own_parameters
from stakeholders import freshness

SEAM = "<!--seam-->"

Words = tuple[SafeString, SafeString, About]  # breadcrumbs, content, what the page is about


def page(request: HttpRequest, template: str, make: Callable[[], Mapping[str, Any]]) -> HttpResponse:
    """The page of this template; `make` gives its context and runs only when nothing is kept.

    The context has the page's `about`, and a `status` when that is not 200. It must be the same for every reader of
    the address, and the view must be marked with `for_everyone`.
    """
    key = _key(request)
    words: Words | None = caches["words"].get(key) if key else None
    context: Mapping[str, Any] = {}
    if words is None:
        context = make()
        words = _made(request, template, context)
    status = context.get("status", 200)
    if key and context and status == 200:
        caches["words"].set(key, words, settings.PUBLIC_CACHE_SECONDS)
    breadcrumbs, content, about = words
    frame = {"about": about, "breadcrumbs": breadcrumbs, "content": content, "is_of_a_day": "as_of" in request.GET}
    if status != 200:
        frame["form"] = context["filters"]
    return render(request, "reports/frame.html", frame, status=status)


def _made(request: HttpRequest, template: str, context: Mapping[str, Any]) -> Words:
    inside = {**context, "layout": "reports/body.html", "request": request}
    breadcrumbs, _seam, content = render_to_string(template, inside).partition(SEAM)
    return SafeString(breadcrumbs), SafeString(content), context["about"]


def _key(request: HttpRequest) -> str:
    """By generation, so that publishing leaves all behind; empty where the page is not kept."""
    generation = freshness.of_request.get()
    if not generation or not has_own_parameters(request):
        return ""
    return hashlib.sha256(f"{generation}:{request.get_full_path()}".encode()).hexdigest()
