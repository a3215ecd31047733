"""The life of a document job. The row decides: whoever holds its lease makes the file, nobody else may finish it."""

import logging
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from reports import storage
from reports.models import Document, DocumentState, Report, Snapshot
from reports.rendering.failures import RenderFailed
from reports.rendering.formats import Manuscript, render
from reports.snapshot import fingerprint, take_snapshot
from stakeholders import diary, freshness
from stakeholders.files import digest
from stakeholders.outage import is_outage

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
RENEWALS_A_LEASE = 3
STUMP_AGE = timedelta(hours=1)
MOST_CHARACTERS_OF_DETAIL = 500


_last: dict[str, tuple[uuid.UUID, Manuscript]] = {}


class LeaseLost(Exception):
    """Another worker has taken this document over, or the worker is told to stop."""


def claim_next_document(*, at: datetime | None = None) -> Document | None:
    """Take the lease of the document that has waited longest; None when nothing waits.

    A conditional UPDATE decides between workers. A document whose worker died MOST_ATTEMPTS times fails.
    """
    at = at or timezone.now()
    for document in Document.objects.waiting(at).order_by("queued_at", "language", "pk")[:20]:
        same = Document.objects.filter(pk=document.pk, state=document.state, lease_token=document.lease_token)
        if document.attempts >= MOST_ATTEMPTS:
            same.update(state=DocumentState.FAILED, failure="worker_lost", finished_at=at, lease_token=None)
            continue
        token = uuid.uuid4()
        claimed = same.update(
            state=DocumentState.RUNNING,
            lease_token=token,
            lease_until=_lease_end(at),
            attempts=F("attempts") + 1,
        )
        if claimed:
            return Document.objects.select_related("report__cycle").get(pk=document.pk, lease_token=token)
    return None


def produce_document(document: Document, *, must_stop: Callable[[], bool] = lambda: False) -> bool:
    """Make the file of a claimed document. True when it is ready, False when it failed or was given up.

    A plain reason for a failure stands in the row; the other documents of the report are not touched. Raises
    OperationalError or InterfaceError when the database is away.
    """
    try:
        stored, pages = _make_file(document, must_stop)
    except LeaseLost:
        _give_back(document)
        return False
    except RenderFailed as error:
        logger.warning("document %s: %s", document.pk, error.code)
        return _fail(document, error.code, str(error) if error.code == "parity" else "")
    except OSError:
        logger.exception("document %s could not be stored", document.pk)
        return _fail(document, "storage")
    except Exception as error:
        if is_outage(error):
            raise  # no fault of the document: another takes it over when its lease has run out
        logger.exception("document %s failed", document.pk)
        return _fail(document, "unexpected")
    return _finish(document, stored, pages)


def frozen_content(report: Report) -> str:
    """The report's rows; the first to ask freezes them. Two at once freeze the same, since `as_of` is fixed."""
    known = Snapshot.objects.filter(report=report).first()
    if known:
        return known.content
    content = take_snapshot(report)
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=report.pk)
        snapshot, created = Snapshot.objects.get_or_create(report=report, defaults={"content": content})
        if created:
            frozen = {"fingerprint": fingerprint(content), "software_version": settings.VERSION}
            Report.objects.filter(pk=report.pk).update(**frozen)
            diary.record(actor=None, verb="report.frozen", subject=report, fingerprint=fingerprint(content))
    return snapshot.content


def manuscript_of(report: Report) -> Manuscript:
    """What the report's files are made from. The last one is kept: a worker makes one report's files in a row."""
    kept = _last.get("manuscript")
    if kept and kept[0] == report.pk:
        return kept[1]
    content = frozen_content(report)
    manuscript = Manuscript(content, fingerprint(content))
    _last["manuscript"] = (report.pk, manuscript)
    return manuscript


def verify_document(document: Document) -> list[str]:
    """What differs between a finished file and the same made again; nothing when both are what was issued.

    Raises RenderFailed where the file cannot be made again.
    """
    findings = []
    try:
        if digest(storage.read(document.file)) != document.sha256:
            findings.append("the stored file is not the one that was issued")
    except FileNotFoundError:
        findings.append("the stored file is missing")
    limit = settings.DOCUMENT_TIME_LIMIT
    manuscript = manuscript_of(document.report)
    again = render(manuscript, document.language, document.format, on_wait=lambda: None, time_limit=limit)
    if digest(again.content) != document.sha256:
        findings.append("made again, it differs")
    return findings


def sweep_working_files(*, at: datetime | None = None) -> int:
    """Remove what killed workers left half written."""
    at = at or timezone.now()
    return storage.remove_stumps((at - STUMP_AGE).timestamp())


def _make_file(document: Document, must_stop: Callable[[], bool]) -> tuple[storage.StoredFile, int | None]:
    lease = _Lease(document, must_stop)
    manuscript = manuscript_of(document.report)
    lease.keep()
    limit = settings.DOCUMENT_TIME_LIMIT
    rendered = render(manuscript, document.language, document.format, on_wait=lease.keep, time_limit=limit)
    name = f"{document.report_id}/{document.language}.{document.format}"
    return storage.store(name, rendered.content), rendered.pages


class _Lease:
    """Holds a document while it is made. Asked several times a second, it writes a few times a lease."""

    def __init__(self, document: Document, must_stop: Callable[[], bool]) -> None:
        self._mine = Document.objects.filter(pk=document.pk, lease_token=document.lease_token)
        self._must_stop = must_stop
        self._renewed_at = time.monotonic()

    def keep(self) -> None:
        """Raises LeaseLost when the document is another's by now, was cancelled, or the worker must stop."""
        if self._must_stop():
            raise LeaseLost
        now = time.monotonic()
        if now - self._renewed_at < settings.DOCUMENT_LEASE_SECONDS / RENEWALS_A_LEASE:
            return
        if not self._mine.update(lease_until=_lease_end(timezone.now())):
            raise LeaseLost
        self._renewed_at = now


def _finish(document: Document, stored: storage.StoredFile, pages: int | None) -> bool:
    mine = Document.objects.filter(pk=document.pk, lease_token=document.lease_token, state=DocumentState.RUNNING)
    is_mine = mine.update(
        state=DocumentState.READY,
        file=stored.name,
        size=stored.size,
        sha256=stored.sha256,
        pages=pages,
        finished_at=timezone.now(),
        lease_token=None,
        lease_until=None,
    )
    if is_mine:
        transaction.on_commit(freshness.make_old)  # the library counts the files that are ready
    return bool(is_mine)


def _fail(document: Document, code: str, detail: str = "") -> bool:
    mine = Document.objects.filter(pk=document.pk, lease_token=document.lease_token, state=DocumentState.RUNNING)
    mine.update(
        state=DocumentState.FAILED,
        failure=code,
        failure_detail=detail[:MOST_CHARACTERS_OF_DETAIL],
        finished_at=timezone.now(),
        lease_token=None,
        lease_until=None,
    )
    return False


def _give_back(document: Document) -> None:
    mine = Document.objects.filter(pk=document.pk, lease_token=document.lease_token, state=DocumentState.RUNNING)
    mine.update(state=DocumentState.QUEUED, attempts=F("attempts") - 1, lease_token=None, lease_until=None)


def _lease_end(at: datetime) -> datetime:
    return at + timedelta(seconds=settings.DOCUMENT_LEASE_SECONDS)
