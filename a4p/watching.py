"""Around every request: its number, one line in the log, and the figures at /metrics."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from a4p import metrics, request_id

logger = logging.getLogger("a4p.request")

NO_ROUTE, STATIC = "none", "static"
CACHED_USER = "_cached_user"  # where Django keeps who is asking, once somebody wanted to know


class Watching:
    """Stands outside of everything but the probes, so that it sees what any other middleware answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/metrics" and settings.METRICS_TOKEN:
            return metrics.answer(request)
        number = request_id.accept(request.headers.get("X-Request-ID"))
        with request_id.within(number):
            started, waited = time.perf_counter(), Waited()
            with connection.execute_wrapper(waited):
                response = self.get_response(request)
            _note(request, response, time.perf_counter() - started, waited)
        response["X-Request-ID"] = number
        return response


class Waited:
    """Counts the queries of a request and the time they took."""

    def __init__(self) -> None:
        self.queries, self.seconds = 0, 0.0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.queries += 1
            self.seconds += time.perf_counter() - started


def route_of(request: HttpRequest) -> str:
    """By name: a path may hold numbers without end, or a secret."""
    if request.resolver_match:
        return request.resolver_match.view_name or NO_ROUTE
    kept: str = request.META.get("page_cache.route", "")
    return kept or (STATIC if request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/") else NO_ROUTE)


def _note(request: HttpRequest, response: HttpResponse, seconds: float, waited: Waited) -> None:
    route, method = route_of(request), request.method or ""
    metrics.note_request(route=route, method=method, status=response.status_code, seconds=seconds)
    if waited.queries:
        metrics.note_queries(route=route, queries=waited.queries, seconds=waited.seconds)
    if result := request.META.get("page_cache.result"):
        metrics.PAGE_CACHE.labels(result).inc()
    extra = {
        "route": route,
        "method": method if method in metrics.METHODS else "other",
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 1),
        "queries": waited.queries,
        "user": getattr(getattr(request, CACHED_USER, None), "pk", None),
    }
    logger.info("answered", extra=extra)
