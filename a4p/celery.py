"""The Celery application and its schedule. Rows in the database decide what is done; a lost message costs seconds."""

import logging
import os
from logging.config import dictConfig
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import setup_logging, task_prerun

from a4p import (
    patience,
    request_id,  # noqa: F401 - carries the number of a request along with messages
)
from a4p.broker import use_whole_messages
from a4p.pulse import WorkerLives

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "a4p.settings")
use_whole_messages()

app = Celery("a4p")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

for folder in filter(lambda value: isinstance(value, str), app.conf.broker_transport_options.values()):
    Path(folder).mkdir(parents=True, exist_ok=True)

app.steps["worker"].add(WorkerLives)
app.conf.beat_scheduler = "a4p.pulse:Scheduler"
app.conf.beat_schedule = {
    "note-tick": {"task": "stakeholders.tasks.note_tick", "schedule": 15.0, "options": {"expires": 15}},
    "wake-document-workers": {
        "task": "reports.tasks.wake_document_workers",
        "schedule": 3.0,
        "options": {"expires": 10},
    },
    "compile-at-closing": {
        "task": "reports.tasks.compile_at_closing",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "send-waiting-mail": {
        "task": "stakeholders.tasks.send_waiting_mail",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "wake-import-workers": {
        "task": "progress.tasks.wake_import_workers",
        "schedule": 3.0,
        "options": {"expires": 10},
    },
    "remind-by-plan": {"task": "progress.tasks.remind_by_plan", "schedule": 600.0, "options": {"expires": 600}},
    "sweep-answers": {
        "task": "stakeholders.tasks.sweep_answers",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "turn-cycles": {"task": "progress.tasks.turn_cycles", "schedule": 600.0, "options": {"expires": 600}},
    "sweep-unclaimed-files": {
        "task": "progress.tasks.sweep_unclaimed_files",
        "schedule": 86_400.0,
        "options": {"expires": 86_400},
    },
}


@setup_logging.connect
def _log_as_settings_say(loglevel: int | None = None, **_named: Any) -> None:
    """Instead of celery's own handlers; `--loglevel` holds for celery's lines alone."""
    from django.conf import settings

    dictConfig(settings.LOGGING)
    for library in ("celery", "kombu"):
        logging.getLogger(library).setLevel(loglevel or logging.WARNING)


@task_prerun.connect
def _be_patient(**_named: Any) -> None:
    patience.begin()
