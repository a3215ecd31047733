"""Scripts of other sites may read the API where the settings name those sites; without, browsers keep them out.

Sessions never travel: nothing here allows credentials, so such a script reads what is public, or brings a token.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

METHODS = "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE"
TAKEN = "Accept-Language, Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key"
SHOWN = "Content-Language, ETag, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"


class OtherSites:
    """Stands outside of the page cache: what is kept is the same for every site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.API_CORS_ORIGINS or not request.path_info.startswith("/api/"):
            return self.get_response(request)
        origin = request.headers.get("Origin", "")
        is_allowed = origin in settings.API_CORS_ORIGINS
        is_question = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = HttpResponse(status=204) if is_question and is_allowed else self.get_response(request)
        patch_vary_headers(response, ("Origin",))
        if is_allowed:
            response["Access-Control-Allow-Origin"] = origin
            response["Access-Control-Expose-Headers"] = SHOWN
        if is_allowed and is_question:
            response["Access-Control-Allow-Methods"] = METHODS
            response["Access-Control-Allow-Headers"] = TAKEN
            response["Access-Control-Max-Age"] = "600"
        return response
