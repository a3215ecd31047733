"""The clock door of progress."""

from celery import shared_task

from progress import actions
from stakeholders.diary import through_door


@shared_task
def turn_cycles() -> list[str]:
    with through_door("clock"):
        return actions.turn_cycles()


@shared_task
def sweep_unclaimed_files() -> int:
    return actions.sweep_unclaimed_files()


@shared_task
def remind_by_plan() -> int:
    with through_door("clock"):
        return actions.remind_by_plan()
