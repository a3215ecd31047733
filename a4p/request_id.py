"""The number of a request, by which its lines in the logs, its traces and its error reports are found together.

It goes with the messages that a request or a task sends, and comes back from the worker that takes them.
"""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from celery.signals import before_task_publish, task_postrun, task_prerun

SANE = re.compile(r"[0-9a-fA-F-]{16,64}")  # hexadecimal: room for no word
HEADER = "request_id"

current: ContextVar[str] = ContextVar("request_id", default="")
task_name: ContextVar[str] = ContextVar("task_name", default="")


def accept(asked: str | None) -> str:
    """The number a proxy has given, if it is one, or else a new one."""
    return asked if asked and SANE.fullmatch(asked) else uuid.uuid4().hex


@contextmanager
def within(number: str) -> Iterator[None]:
    token = current.set(number)
    try:
        yield
    finally:
        current.reset(token)


@before_task_publish.connect
def _send_along(headers: dict[str, Any] | None = None, **_named: Any) -> None:
    if headers is not None and current.get():
        headers.setdefault(HEADER, current.get())


@task_prerun.connect
def _take_over(task: Any = None, task_id: str = "", **_named: Any) -> None:
    current.set(accept(task.request.get(HEADER) or task_id))
    task_name.set(task.name)


@task_postrun.connect
def _let_go(**_named: Any) -> None:
    current.set("")
    task_name.set("")
