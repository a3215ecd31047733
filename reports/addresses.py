"""Which addresses pages are kept under."""

from django.http import HttpRequest


def has_own_parameters(request: HttpRequest) -> bool:
    """Whether the view is one for everyone and the address has no parameters but those it was marked with.

    Others would fill the store, and come back to later readers in the links of a kept page.
    """
    view = request.resolver_match.func if request.resolver_match else None
    parameters: frozenset[str] | None = getattr(view, "kept_with", None)
    return parameters is not None and set(request.GET) <= parameters
