"""The report library: everyone finds, follows and downloads."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from reports import about, kept, policies, queries, storage
from reports.failures import plain_reason
from reports.forms import CorrectForm
from reports.manifest import manifest_of
from reports.models import UNFINISHED, Document, DocumentFormat, DocumentState, Report
from reports.reading import Reading
from reports.views.reading import read_at_a_moment
from stakeholders.attachments import attachment
from stakeholders.languages import LANGUAGES

CONTENT_TYPES = {
    DocumentFormat.PDF: "application/pdf",
    DocumentFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    DocumentFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DocumentFormat.HTML: "text/html; charset=utf-8",
    DocumentFormat.CSV: "text/csv; charset=utf-8",
}
ORDER = {name: n for n, name in enumerate(DocumentFormat.values)}
REPORTS_A_PAGE = 20


@read_at_a_moment("page")
def library_page(request: HttpRequest, reading: Reading) -> HttpResponse:
    context = {"reading": reading, "about": about.of_library(), "may_compile": policies.may_compile(request.user)}
    if context["may_compile"]:
        return render(request, "reports/library.html", {**_library(request, reading), **context, "layout": "base.html"})
    return kept.page(request, "reports/library.html", lambda: _library(request, reading) | context)


def _library(request: HttpRequest, reading: Reading) -> dict[str, Any]:
    reports = Paginator(queries.reports_with_documents(reading.as_of), REPORTS_A_PAGE)
    page = reports.get_page(request.GET.get("page"))
    return {"page": page, "reports": [(report, _state_of(report)) for report in page]}


@require_GET
@login_not_required
def report_page(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    report = get_object_or_404(queries.reports_with_documents(), pk=report_id)
    return show_report(request, report)


def show_report(
    request: HttpRequest, report: Report, form: CorrectForm | None = None, *, status: int = 200
) -> HttpResponse:
    may_compile = policies.may_compile(request.user)
    documents = list(report.documents.all())
    stopped = [d for d in documents if d.state in (DocumentState.FAILED, DocumentState.CANCELLED)]
    context: dict[str, Any] = {
        "report": report,
        "rows": _rows_of(report),
        **_state_of(report),
        "stopped": [(d, plain_reason(d.failure) if d.state == DocumentState.FAILED else "") for d in stopped],
        "may_compile": may_compile,
    }
    if may_compile:
        context["form"] = form or CorrectForm(initial={"request_key": uuid.uuid4()})
    return render(request, "reports/report.html", context, status=status)


@require_GET
@login_not_required
def manifest(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    report = get_object_or_404(queries.reports_with_documents(), pk=report_id)
    return JsonResponse(manifest_of(report), json_dumps_params={"indent": 1, "ensure_ascii": False})


@require_GET
@login_not_required
def download(request: HttpRequest, report_id: uuid.UUID, language: str, format: str) -> HttpResponseBase:
    """A finished file, as an attachment: it never runs in this site's own origin."""
    documents = Document.objects.ready().select_related("report__cycle")
    document = get_object_or_404(documents, report=report_id, language=language, format=format)
    kind = CONTENT_TYPES[DocumentFormat(format)]
    response = attachment(storage.place(), document.file, name=document.download_name, content_type=kind)
    response["ETag"] = f'"{document.sha256}"'
    response["Content-Language"] = language
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _state_of(report: Report) -> dict[str, Any]:
    documents = list(report.documents.all())
    states = [document.state for document in documents]
    pdfs = {d.language for d in documents if d.format == DocumentFormat.PDF and d.state == DocumentState.READY}
    return {
        "pdfs": [(one, _address(report, one.code, DocumentFormat.PDF)) for one in LANGUAGES if one.code in pdfs],
        "ready": states.count(DocumentState.READY),
        "total": len(states),
        "is_unfinished": any(state in UNFINISHED for state in states),
        "superseded_by": getattr(report, "superseded_by", None),
    }


def _rows_of(report: Report) -> list[dict[str, Any]]:
    """One row a language for the component that lists files."""
    documents: dict[str, list[Document]] = {}
    for document in report.documents.all():
        documents.setdefault(document.language, []).append(document)
    return [
        {
            "name": language.name,
            "html_lang": language.html_lang,
            "direction": language.direction,
            "files": [_file(d) for d in sorted(documents.get(language.code, []), key=lambda d: ORDER[d.format])],
        }
        for language in LANGUAGES
    ]


def _address(report: Report, language: str, format: str) -> str:
    return reverse("download", args=[report.pk, language, format])


def _file(document: Document) -> dict[str, Any]:
    is_ready = document.state == DocumentState.READY
    return {
        "label": document.get_format_display(),
        "url": _address(document.report, document.language, document.format) if is_ready else "",
        "bytes": document.size,
        "state": document.state,
        "state_label": document.get_state_display(),
    }
