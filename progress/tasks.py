"""The clock door of progress."""

from celery import shared_task
from django.utils import timezone

from progress import actions
from progress.models import BulkImport
from stakeholders.diary import through_door


@shared_task
def turn_cycles() -> list[str]:
    with through_door("clock"):
        return actions.turn_cycles()


@shared_task
def sweep_unclaimed_files() -> int:
    return actions.sweep_unclaimed_files() + actions.sweep_imports()


@shared_task
def wake_import_workers() -> int:
    """One wake-up call while imports wait; too many do no harm."""
    waiting = BulkImport.objects.waiting(timezone.now()).count()
    if waiting:
        work_on_imports.apply_async(expires=30)
    return waiting


@shared_task
def work_on_imports() -> int:
    """Check or carry out imports, one after the other, until none waits."""
    done = 0
    while claimed := actions.claim_next_import():
        done += actions.work_on(claimed)
    return done


@shared_task
def remind_by_plan() -> int:
    with through_door("clock"):
        return actions.remind_by_plan()
