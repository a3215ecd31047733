"""What a line of the log may say: what happened, where, to which number. Never a text, an address, a name, a secret.

Our own rooms choose their words so. Libraries do not: of their lines, and of every exception, stays what their
programmers wrote and goes what their callers gave. docs/operations.md tells operators how to read both formats.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from a4p import request_id

OURS = ("a4p", "stakeholders", "commitments", "progress", "reports")
HERE = f"{Path(__file__).resolve().parent.parent}/"
# Libraries whose lines below a warning tell of processes and messages, never of what people have typed.
PLAIN = ("celery", "kombu", "gunicorn")
MOST_FRAMES, MOST_CAUSES = 15, 3
EXTRAS = ("route", "method", "status", "milliseconds", "queries", "user")


def configuration(*, level: str, format: str, candid: bool) -> dict[str, Any]:
    """For logging.config.dictConfig. `candid` logs everything as it comes: for a developer's own machine."""
    own = {"json": "a4p.logs.JsonFormatter", "text": "a4p.logs.TextFormatter"}[format]
    plain = {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": plain if candid else {"()": own}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "pikepdf": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
        },
        "root": {"handlers": ["console"], "level": level},
    }


class JsonFormatter(logging.Formatter):
    """One object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": words_of(record),
            "request": request_id.current.get(),
            "task": request_id.task_name.get(),
            **{name: getattr(record, name) for name in EXTRAS if hasattr(record, name)},
        }
        if error := error_of(record):
            line["error"] = error
        return json.dumps({name: value for name, value in line.items() if value not in ("", None)}, ensure_ascii=False)


class TextFormatter(logging.Formatter):
    """For eyes: the same, with the frames of an error on lines of their own."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        head = f"{at} {record.levelname} {record.name} {words_of(record)}"
        extras = [f"{name}={getattr(record, name)}" for name in EXTRAS if getattr(record, name, None) is not None]
        named = {"request": request_id.current.get(), "task": request_id.task_name.get()}
        lines = [" ".join([head, *extras, *(f"{name}={value}" for name, value in named.items() if value)])]
        for error in error_of(record):
            lines.append(f"  {error['type']}")
            lines += [f"    {frame}" for frame in error["frames"]]
        return "\n".join(lines)


def words_of(record: logging.LogRecord) -> str:
    room = record.name.split(".")[0]
    if room in OURS:
        return record.getMessage()
    if request := getattr(record, "request", None):
        match = getattr(request, "resolver_match", None)
        return f"answered {getattr(record, 'status_code', 0)} at {(match and match.view_name) or 'no route'}"
    if room in PLAIN:
        # Of what went wrong the arguments hold too much: the words of an exception, the address of a request.
        return record.getMessage() if record.levelno < logging.WARNING else str(record.msg)
    return f"{record.module}:{record.lineno}"


def error_of(record: logging.LogRecord) -> list[dict[str, Any]]:
    """The exception and those that led to it, the last first."""
    error = record.exc_info[1] if record.exc_info else None
    return chain_of(error) if error else []


def chain_of(error: BaseException) -> list[dict[str, Any]]:
    """What kind each was and where it came from. Not its words: they repeat what could not be read or stored."""
    chain: list[dict[str, Any]] = []
    following: BaseException | None = error
    while following is not None and len(chain) < MOST_CAUSES:
        chain.append({"type": kind_of(following), "frames": frames_of(following.__traceback__)})
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
    return chain


def kind_of(error: BaseException) -> str:
    """The class, with the number that an operating system or a database gives to what went wrong."""
    number = getattr(error, "sqlstate", None) or (error.errno if isinstance(error, OSError) else None)
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"{name} ({number})" if isinstance(number, (int, str)) else name


def frames_of(end: TracebackType | None) -> list[str]:
    frames = traceback.StackSummary.extract(traceback.walk_tb(end), lookup_lines=False)
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[-MOST_FRAMES:]]


def _short(path: str) -> str:
    """From the folder that holds our rooms, or the libraries."""
    return path.rpartition("/site-packages/")[2].removeprefix(HERE)
