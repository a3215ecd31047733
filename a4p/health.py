"""Whether this process lives (/healthz), and whether the service around it can do its work (/readyz).

Probes ask by whatever address a process has and speak plain HTTP, so they are answered before hosts are compared,
before a redirect to HTTPS, and without a session.
"""

import secrets
import tempfile
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from a4p.celery import app
from progress.models import BulkImport, ImportState
from reports.models import Document
from stakeholders.files import digest, write_whole
from stakeholders.models import Mail
from stakeholders.places import place_of
from stakeholders.queries import last_tick

BROKER_TIMEOUT = 2  # seconds
PROBE = b"Written to see whether files can be written."
TROUBLE = (DatabaseError, OperationalError, RedisError, OSError, ImproperlyConfigured)


class Unready(Exception):
    """A part that answers, but not as it should."""


class HealthProbes:
    """Answers the two addresses and passes everything else on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path_info == "/readyz":
            return ready()
        return self.get_response(request)


def ready() -> JsonResponse:
    """200 when every part is well, else 503; each part by name, without a word that tells more than that.

    While the database is away nothing else is asked: most of it needs the database and would wait for it again.
    """
    parts = (
        {name: _is_well(check) for name, check in CHECKS.items()}
        if _is_well(database)
        else dict.fromkeys(CHECKS, False)
    )
    is_ready = all(parts.values())
    answer = {"ready": is_ready, "parts": {name: "ok" if well else "failing" for name, well in parts.items()}}
    return JsonResponse(answer, status=200 if is_ready else 503, headers={"Cache-Control": "no-store"})


def _is_well(check: Callable[[], None]) -> bool:
    try:
        check()
    except (Unready, *TROUBLE):
        return False
    return True


def database() -> None:
    """It answers, and takes writing: a full disk or a server that is to follow another makes PostgreSQL refuse it."""
    if connection.vendor == "postgresql":
        question = "SELECT current_setting('transaction_read_only') = 'off'"
    else:
        question = "SELECT 1"
    with connection.cursor() as cursor:
        cursor.execute(question)
        (is_well,) = cursor.fetchone()
    if not is_well:
        raise Unready


def migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Unready


def broker() -> None:
    with app.connection_for_read(connect_timeout=BROKER_TIMEOUT) as queue:
        queue.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_TIMEOUT)


def cache() -> None:
    """The shared one. Without it pages are only slower, but wrong passwords are counted there."""
    caches["pages"].get("readyz")


def storage() -> None:
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".probe-") as folder:
        path = settings.DATA_DIR / folder / "probe"
        write_whole(path, PROBE)
        if digest(path.read_bytes()) != digest(PROBE):
            raise Unready
    if settings.BUCKET:
        bucket, name = place_of("probes"), secrets.token_hex(8)
        bucket.write(name, PROBE)
        if bucket.read(name) != PROBE:
            raise Unready
        bucket.remove(name)


def waiting() -> None:
    """No document, mail or import has waited longer than it should: otherwise no worker, or no beat, is at work."""
    at = timezone.now()
    long_ago = at - timedelta(seconds=settings.READY_OLDEST_JOB_SECONDS)
    if Document.objects.waiting(at).filter(queued_at__lt=long_ago).exists():
        raise Unready
    if Mail.objects.waiting(at).filter(due_at__lt=long_ago).exists():
        raise Unready
    if BulkImport.objects.waiting(at).filter(state=ImportState.CHECKING, created_at__lt=long_ago).exists():
        raise Unready


def clock() -> None:
    """Beat has sent, and a worker has taken, a message not long ago."""
    tick = last_tick()
    if tick is None or tick < timezone.now() - timedelta(seconds=settings.READY_CLOCK_SECONDS):
        raise Unready


CHECKS: dict[str, Callable[[], None]] = {
    check.__name__: check for check in (database, migrations, broker, cache, storage, waiting, clock)
}
