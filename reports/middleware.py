"""Pages for everyone, kept ready: most readers have no account and read what others have just read."""

import gzip
import hashlib
import re
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from reports.addresses import has_own_parameters
from stakeholders import freshness
from stakeholders.api import languages

# With one of these a request is somebody's own, or has something to be told once.
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")
# Headers another middleware sets anew on every answer.
NOT_KEPT = ("Content-Security-Policy", "Set-Cookie")
# What is left to the one caller whose request was counted; what is kept is given away uncounted.
OF_CALLER = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
API = "/api/"
TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")

Kept = tuple[bytes, bytes, dict[str, str], str]  # the page, the same squeezed, its headers, the name of its route


class PublicPageCache:
    """Answers with the kept page, or keeps the answer. One cache entry an address and language.

    Stands outside of everything that would ask the database who is reading. Every answer tells caches on the way to ask
    again before they use it, with an ETag that makes asking cheap.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.seconds = settings.PUBLIC_CACHE_SECONDS

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        # Read before the page is made: what is written meanwhile makes this page old, not the next.
        generation = freshness.generation() if self.seconds else ""
        token = freshness.of_request.set(generation)
        try:
            return self._read(request, generation)
        finally:
            freshness.of_request.reset(token)

    def _read(self, request: HttpRequest, generation: str) -> HttpResponse:
        if "Authorization" in request.headers or any(name in request.COOKIES for name in PERSONAL_COOKIES):
            return _for_one_reader(self.get_response(request))
        key = _key(request, generation)
        kept: Kept | None = None
        with freshness.if_it_answers():
            kept = caches["pages"].get(key) if generation else None
        request.META["page_cache.result"] = "miss" if kept is None else "hit"  # for whoever watches, like the route
        counted: dict[str, str] = {}
        if kept is None:
            response = self.get_response(request)
            counted = {name: response[name] for name in OF_CALLER if name in response.headers}
            if not _may_be_kept(request, response):
                return response
            kept = _as_kept(request, response)
            if generation:
                with freshness.if_it_answers():
                    caches["pages"].set(key, kept, self.seconds)
        content, squeezed, headers, request.META["page_cache.route"] = kept
        return _with(_answer(request, content, squeezed, headers), counted)


def _with(response: HttpResponse, headers: dict[str, str]) -> HttpResponse:
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _key(request: HttpRequest, generation: str) -> str:
    address = request.get_full_path()
    if request.path_info.startswith(API):  # whose addresses name no language
        address = f"{languages.chosen(request).code} {request.accepts('application/json')} {address}"
    return f"pages:2:{generation}:{hashlib.sha256(address.encode()).hexdigest()}"  # 2: the shape of what is kept


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """What a view for everyone has answered to an address with no parameters but its own."""
    is_whole = response.status_code == 200 and not response.cookies and not response.streaming
    return is_whole and has_own_parameters(request)


def _as_kept(request: HttpRequest, response: HttpResponse) -> Kept:
    headers = {name: value for name, value in response.headers.items() if name not in NOT_KEPT + OF_CALLER}
    route = request.resolver_match.view_name if request.resolver_match else ""
    return response.content, gzip.compress(response.content, compresslevel=6), headers, route


def _answer(request: HttpRequest, content: bytes, squeezed: bytes, headers: dict[str, str]) -> HttpResponse:
    """Squeezed for whoever takes it. These pages hold no secret that the size of the answer could betray."""
    takes_gzip = TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")) is not None
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}{"-gzip" if takes_gzip else ""}"'
    response = HttpResponse(squeezed if takes_gzip else content, headers={**headers, "ETag": etag})
    response["Content-Length"] = str(len(response.content))
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ("Accept-Encoding",))
    patch_cache_control(response, public=True, no_cache=True)
    conditional = get_conditional_response(request, etag=etag, response=response)
    assert conditional is not None
    return conditional


def _for_one_reader(response: HttpResponse) -> HttpResponse:
    """What somebody signed in has seen is nobody else's, also for caches on the way."""
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, no_cache=True)
    return response
