"""The clock door of stakeholders."""

from celery import shared_task

from stakeholders import actions
from stakeholders.diary import through_door
from stakeholders.mail import send_waiting_mail as send


@shared_task
def send_waiting_mail() -> int:
    with through_door("clock"):
        return send()


@shared_task
def note_tick() -> None:
    actions.note_tick()


@shared_task
def sweep_answers() -> int:
    return actions.sweep_answers()
