"""The clock door of reports. A message only wakes a worker up; the rows say what there is to do."""

import threading

from celery import shared_task
from celery.signals import worker_shutting_down
from django.utils import timezone

from reports import actions
from reports.models import Document
from stakeholders.diary import through_door

MOST_WORKERS_WOKEN = 8

_stopping = threading.Event()


@worker_shutting_down.connect
def _stop_working(**kwargs: object) -> None:
    _stopping.set()


@shared_task
def wake_document_workers() -> int:
    """One wake-up call for each waiting document, up to a handful; too many do no harm."""
    waiting = Document.objects.waiting(timezone.now())[:MOST_WORKERS_WOKEN].count()
    for _call in range(waiting):
        work_on_documents.apply_async(expires=30)
    if not waiting:
        actions.sweep_working_files()
    actions.announce_finished_reports()
    return waiting


@shared_task
def work_on_documents() -> int:
    """Make documents, one after the other, until none waits or the worker is told to stop."""
    made = 0
    with through_door("clock"):
        while not _stopping.is_set() and (document := actions.claim_next_document()):
            made += actions.produce_document(document, must_stop=_stopping.is_set)
    return made


@shared_task
def compile_at_closing() -> list[str]:
    with through_door("clock"):
        return [str(report.pk) for report in actions.compile_at_closing()]
