"""Errors told to a service that speaks Sentry's protocol, when SENTRY_DSN names one.

What is sent is built anew from what an error may say (a4p/logs.py), not what is left when things are struck out: kind
and place of the exceptions, the name of the route, the number of the request and of who asked. The library looks at
nothing but log lines from ERROR on; it is told of no request and no task.
"""

import logging
from typing import Any

import sentry_sdk
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.logging import LoggingIntegration

from a4p import logs, request_id

KEPT = ("event_id", "timestamp", "platform", "level", "release", "environment", "sdk")
KEPT_OF_FRAMES = ("filename", "function", "module", "lineno", "in_app")


def start(*, dsn: str, environment: str, version: str) -> None:
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=version,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            LoggingIntegration(level=None, event_level=logging.ERROR),
            ExcepthookIntegration(),
            DedupeIntegration(),
            AtexitIntegration(callback=lambda pending, timeout: None),
        ],
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        before_send=harmless,
    )


def harmless(event: Any, hint: dict[str, Any]) -> Any:
    """The event as it is sent."""
    record: logging.LogRecord | None = hint.get("log_record")
    sent = {name: event[name] for name in KEPT if name in event}
    sent["tags"] = {"request": request_id.current.get(), "task": request_id.task_name.get()}
    if record:
        sent["logger"] = record.name
        sent["logentry"] = {"message": logs.words_of(record)}
        person = getattr(getattr(record, "request", None), "_cached_user", None)
        if person is not None and person.pk:
            sent["user"] = {"id": str(person.pk)}
    values = event.get("exception", {}).get("values", [])
    if values:
        sent["exception"] = {"values": [_without_words(value) for value in values]}
    return sent


def _without_words(value: dict[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames", [])
    kept = [{name: frame.get(name) for name in KEPT_OF_FRAMES} for frame in frames]
    return {"type": value.get("type"), "module": value.get("module"), "stacktrace": {"frames": kept}}
