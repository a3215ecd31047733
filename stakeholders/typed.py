"""A log-in that ends while somebody types loses nothing: what they sent waits in their session until they are back.

A view marked `keeps_typed` is posted to by a person whose session has run out; the fields wait under its address, and
the view asks for them when it is opened again.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseRedirect

KEY = "typed"
MOST_CHARACTERS = 60_000
View = TypeVar("View", bound=Callable[..., Any])


def keeps_typed(view: View) -> View:
    view.keeps_typed = True  # type: ignore[attr-defined] # a mark for the middleware below, as Django marks its views
    return view


class SignInFirst(LoginRequiredMiddleware):
    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseRedirect:
        if request.method == "POST" and getattr(view_func, "keeps_typed", False):
            _keep(request)
        return super().handle_no_permission(request, view_func)


def _keep(request: HttpRequest) -> None:
    fields = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    if sum(len(str(value)) for value in fields.values()) <= MOST_CHARACTERS:
        request.session[KEY] = {"path": request.path, "fields": fields}


def typed_before_signing_in(request: HttpRequest) -> dict[str, Any] | None:
    """The fields that were sent to this very address, once."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    fields: dict[str, Any] = request.session.pop(KEY)["fields"]
    return fields
