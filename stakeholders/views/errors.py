"""What a reader is told when the fault is ours. Nothing here asks the database."""

import re
import sys
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from stakeholders.outage import is_outage

RETRY_AFTER_SECONDS = 30
# What is sent there is secret, or is somebody else's form: it never comes back in a page.
SECRET_VIEWS = ("allauth.", "django.", "stakeholders.views.accounts", "stakeholders.views.tokens")
CODE_LIKE = re.compile(r"[\w.:/-]*", re.ASCII)


@dataclass(frozen=True)
class Typed:
    """A form that could not be taken: its fields, those that read as prose, and whether a file came with it."""

    fields: list[tuple[str, str]]
    prose: list[str]
    had_file: bool


def server_error(request: HttpRequest) -> HttpResponse:
    """503 for what passes by itself; 500 for everything else."""
    with translation.override(translation.get_language_from_request(request, check_path=True)):
        if is_outage(sys.exc_info()[1]):
            return unavailable(request)
        return HttpResponse(render_to_string("500.html"), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """With what was typed, ready to be sent once more: an action that is taken twice does its work once."""
    page = render_to_string("503.html", {"typed": typed_in(request), "address": request.get_full_path()})
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(page, status=503, headers=headers)


def typed_in(request: HttpRequest) -> Typed | None:
    """None where nothing was typed, or where it is not known to come from a page of ours."""
    match = request.resolver_match
    is_ours = request.method == "POST" and getattr(request, "csrf_processing_done", False)
    if not is_ours or match is None or match.func.__module__.startswith(SECRET_VIEWS):
        return None
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    prose = [value for _name, value in fields if not CODE_LIKE.fullmatch(value)]
    return Typed(fields, prose, had_file=bool(request.FILES))
