"""Figures for Prometheus, at /metrics.

What a web process sees (requests, queries, the page cache, wrong passwords) it counts itself; where gunicorn runs
several, they count in files that any of them adds up. What stands in the database (jobs, mails, the clock, updates) is
asked when somebody scrapes, so that it is the same whoever answers. docs/operations.md lists every figure.
"""

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db import DatabaseError
from django.db.models import Count, Min, Q
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess, values
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from progress.models import BulkImport, CycleState, ImportState, Update, UpdateState
from progress.models.bulk_import import FOR_WORKERS
from reports.models import Document, DocumentFormat, DocumentState
from stakeholders.models import Mail
from stakeholders.queries import last_tick

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
UNSETTLED = (DocumentState.QUEUED, DocumentState.RUNNING, DocumentState.FAILED)
JOB_STATES = ("waiting", "running", "failed")
MAIL_STATES = ("waiting", "later", "failed")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

registry = CollectorRegistry()
REQUESTS = Counter("a4p_requests", "Requests answered", ["route", "method", "status"], registry=registry)
SECONDS = Histogram(
    "a4p_request_seconds", "Seconds until the answer began", ["route"], buckets=BUCKETS, registry=registry
)
QUERIES = Counter("a4p_database_queries", "Queries of requests", ["route"], registry=registry)
QUERY_SECONDS = Counter("a4p_database_seconds", "Seconds requests waited for queries", ["route"], registry=registry)
PAGE_CACHE = Counter("a4p_page_cache", "Pages for everyone, by whether they were kept", ["result"], registry=registry)
SIGN_IN_FAILURES = Counter("a4p_sign_in_failures", "Wrong passwords", registry=registry)


@receiver(user_login_failed)
def _count_wrong_password(**_named: Any) -> None:
    SIGN_IN_FAILURES.inc()


def note_request(*, route: str, method: str, status: int, seconds: float) -> None:
    REQUESTS.labels(route, method if method in METHODS else "other", str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def note_queries(*, route: str, queries: int, seconds: float) -> None:
    QUERIES.labels(route).inc(queries)
    QUERY_SECONDS.labels(route).inc(seconds)


def answer(request: HttpRequest) -> HttpResponse:
    """For whoever knows the token."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secrets.compare_digest(token.encode(), settings.METRICS_TOKEN.encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"})
    page = b"".join(generate_latest(source) for source in (_counted(), _asked(timezone.now())))
    return HttpResponse(page, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _counted() -> CollectorRegistry:
    if values.ValueClass is values.MutexValue:  # one process
        return registry
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call] # the library leaves it out
    return together


def _asked(at: datetime) -> CollectorRegistry:
    source = CollectorRegistry()
    source.register(DatabaseFigures(at))
    return source


class DatabaseFigures:
    """What stands in the database at a moment. While it does not answer, that alone is told."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def describe(self) -> Iterable[Metric]:
        return []  # nothing is asked before somebody scrapes

    def collect(self) -> Iterator[Metric]:
        version = GaugeMetricFamily("a4p_version", "The version that runs", labels=["version"])
        version.add_metric([settings.VERSION], 1)
        yield version
        up = GaugeMetricFamily("a4p_database_up", "Whether the database answers")
        try:
            figures = [*_jobs(self.at), _clock(), _updates()]
        except DatabaseError:
            figures = []
        up.add_metric([], 1 if figures else 0)
        yield up
        yield from figures


def _jobs(at: datetime) -> Iterator[Metric]:
    """By kind: formats of documents, imports, mail. A mail that no server took counts as failed until one does."""
    jobs = GaugeMetricFamily("a4p_jobs", "Jobs in the database", labels=["kind", "state"])
    oldest = GaugeMetricFamily("a4p_oldest_waiting_job_seconds", "How long the oldest has waited", labels=["kind"])
    is_waiting = Q(state=DocumentState.QUEUED) | Q(state=DocumentState.RUNNING, lease_until__lt=at)
    found = Document.objects.values("format").annotate(
        waiting=Count("pk", filter=is_waiting),
        running=Count("pk", filter=Q(state=DocumentState.RUNNING, lease_until__gte=at)),
        failed=Count("pk", filter=Q(state=DocumentState.FAILED)),
        since=Min("queued_at", filter=is_waiting),
    )
    rows: dict[str, dict[str, Any]] = {row["format"]: dict(row) for row in found.filter(state__in=UNSETTLED)}
    mails = Mail.objects.filter(sent_at__isnull=True, dropped_at__isnull=True, person__is_active=True)
    rows["mail"] = mails.aggregate(
        waiting=Count("pk", filter=Q(due_at__lte=at)),
        later=Count("pk", filter=Q(due_at__gt=at)),
        failed=Count("pk", filter=~Q(trouble="")),
        since=Min("due_at", filter=Q(due_at__lte=at)),
    )
    imports = BulkImport.objects.filter(state__in=(*FOR_WORKERS, ImportState.FAILED))
    is_held = Q(state__in=FOR_WORKERS, lease_until__gte=at)
    is_free = Q(Q(lease_until__isnull=True) | Q(lease_until__lt=at), state__in=FOR_WORKERS)
    rows["import"] = imports.aggregate(
        waiting=Count("pk", filter=is_free),
        running=Count("pk", filter=is_held),
        failed=Count("pk", filter=Q(state=ImportState.FAILED)),
        since=Min("created_at", filter=is_free),
    )
    states = {**dict.fromkeys((*DocumentFormat.values, "import"), JOB_STATES), "mail": MAIL_STATES}
    for kind, names in states.items():
        row = rows.get(kind, {})
        for state in names:
            jobs.add_metric([kind, state], row.get(state, 0))
        since = row.get("since")
        oldest.add_metric([kind], max(0.0, (at - since).total_seconds()) if since else 0)
    yield jobs
    yield oldest


def _clock() -> Metric:
    clock = GaugeMetricFamily("a4p_clock_last_tick_timestamp_seconds", "When the clock was last heard; 0 is never")
    tick = last_tick()
    clock.add_metric([], tick.timestamp() if tick else 0)
    return clock


def _updates() -> Metric:
    updates = GaugeMetricFamily("a4p_open_cycle_updates", "Updates of the open cycles, by state", labels=["state"])
    rows = Update.objects.filter(assignment__cycle__state=CycleState.OPEN).values_list("state").annotate(n=Count("pk"))
    found = dict(rows.order_by())
    for state in UpdateState.values:
        updates.add_metric([state], found.get(state, 0))
    return updates
