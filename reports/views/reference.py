"""How programs read and write: the description of the API for people."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers

from reports import about, kept, reference
from reports.views.reading import for_everyone
from stakeholders.api import languages


@for_everyone()
def reference_page(request: HttpRequest) -> HttpResponse:
    def context() -> dict[str, Any]:
        return {"about": about.of_reference(), "parts": reference.parts(), "problems": reference.problems()}

    return kept.page(request, "reports/reference.html", context)


@for_everyone()
def reference_part(request: HttpRequest, part: str) -> HttpResponse:
    def context() -> dict[str, Any]:
        found = next((one for one in reference.parts() if one.name == part), None)
        if found is None:
            raise Http404
        return {"about": about.of_reference_part(part), "part": found}

    return kept.page(request, "reports/reference_part.html", context)


@for_everyone()
def docs(request: HttpRequest) -> HttpResponse:
    """The address that problems name leads to the page in the reader's language; what stands after # comes along."""
    with translation.override(languages.chosen(request).code):
        response = redirect("reference")
    patch_vary_headers(response, ("Accept-Language",))
    return response
