"""Traces by OpenTelemetry, when OTEL_EXPORTER_OTLP_ENDPOINT names a collector.

The libraries note addresses, queries and the words of exceptions; of what they note leaves this process only what is
listed here.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.celery import CeleryInstrumentor
from opentelemetry.instrumentation.django import DjangoInstrumentor
from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Span
from opentelemetry.trace.status import Status

from a4p import request_id

SERVICE = "a4p-tracker"
KEPT = {
    "http.method",
    "http.request.method",
    "http.status_code",
    "http.response.status_code",
    "http.route",
    "db.system",
    "db.name",
    "celery.action",
    "celery.state",
    "celery.task_name",
    "messaging.message.id",
    "messaging.destination",
    "a4p.request",
}
KEPT_OF_EVENTS = {"exception.type"}


class Harmless(SpanExporter):
    """Hands on spans without what anybody has typed."""

    def __init__(self, exporter: SpanExporter) -> None:
        self.exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self.exporter.export([harmless(span) for span in spans])

    def shutdown(self) -> None:
        self.exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self.exporter.force_flush(timeout_millis)


def start(*, endpoint: str, version: str) -> TracerProvider:
    provider = TracerProvider(resource=Resource.create({"service.name": SERVICE, "service.version": version}))
    exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
    provider.add_span_processor(BatchSpanProcessor(Harmless(exporter)))
    # Inside of what answers probes and gives a request its number: it compares hosts, which probes do not know.
    inside = settings.MIDDLEWARE.index("a4p.watching.Watching") + 1
    DjangoInstrumentor().instrument(tracer_provider=provider, middleware_position=inside, request_hook=_name_request)
    CeleryInstrumentor().instrument(tracer_provider=provider)  # type: ignore[no-untyped-call] # it has none
    PsycopgInstrumentor().instrument(tracer_provider=provider)
    return provider


def stop(provider: TracerProvider) -> None:
    """Sends what waits, and leaves the libraries as they were."""
    for library in (DjangoInstrumentor, CeleryInstrumentor, PsycopgInstrumentor):
        library().uninstrument()
    provider.shutdown()


def harmless(span: ReadableSpan) -> ReadableSpan:
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=_kept(span.attributes, KEPT),
        events=[Event(event.name, _kept(event.attributes, KEPT_OF_EVENTS), event.timestamp) for event in span.events],
        links=span.links,
        kind=span.kind,
        instrumentation_scope=span.instrumentation_scope,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
    )


def _kept(attributes: Any, names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in (attributes or {}).items() if name in names}


def _name_request(span: Span, request: HttpRequest) -> None:
    span.set_attribute("a4p.request", request_id.current.get())
