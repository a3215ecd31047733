"""Beat and workers each touch a file while their loop turns; `python -m a4p.alive` looks how old it is."""

import logging
import socket
import time
from pathlib import Path
from typing import Any

from celery import bootsteps
from celery.beat import Scheduler as CeleryScheduler
from celery.worker import WorkController
from django.conf import settings

logger = logging.getLogger(__name__)

EVERY = 10.0
LONGEST_SILENCE = 60.0
LONGEST_SLEEP = 5


def sign_of(who: str) -> Path:
    """One file for each host: containers of one service share the data folder, and have host names of their own."""
    return Path(settings.DATA_DIR) / "alive" / f"{who}-{socket.gethostname()}"


def give_sign(who: str) -> None:
    """Where the disk takes nothing the work goes on without."""
    path = sign_of(who)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError as error:
        logger.warning("No sign of life could be given: %s", error.strerror)


def is_alive(who: str) -> bool:
    try:
        return time.time() - sign_of(who).stat().st_mtime <= LONGEST_SILENCE
    except FileNotFoundError:
        return False


class Scheduler(CeleryScheduler):
    """Beat's own, its schedule in memory, with a sign of life."""

    max_interval = LONGEST_SLEEP
    last_sign = float("-inf")

    def tick(self, *arguments: Any, **named: Any) -> float:
        wait: float = super().tick(*arguments, **named)
        if time.monotonic() - self.last_sign >= EVERY:
            give_sign("beat")
            self.last_sign = time.monotonic()
        return wait


class WorkerLives(bootsteps.StartStopStep):
    """The worker's sign of life, given by the same timer that its own work hangs on."""

    requires = ("celery.worker.components:Timer",)

    def __init__(self, parent: WorkController, **options: Any) -> None:
        self.timer: Any = None
        super().__init__(parent, **options)

    def start(self, parent: WorkController) -> None:
        give_sign("worker")
        timer: Any = parent.timer
        self.timer = timer.call_repeatedly(EVERY, give_sign, ("worker",))

    def stop(self, parent: WorkController) -> None:
        if self.timer:
            self.timer.cancel()
