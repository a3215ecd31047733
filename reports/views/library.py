"""The report library: everyone finds and downloads, officers order, watch and retry."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from progress.queries import current_cycle
from reports import actions, policies, queries, storage
from reports.failures import plain_reason
from reports.forms import CompileForm
from reports.models import Document, DocumentFormat, DocumentState, Report
from stakeholders.languages import LANGUAGES
from stakeholders.models import User

CONTENT_TYPES = {DocumentFormat.PDF: "application/pdf", DocumentFormat.HTML: "text/html; charset=utf-8"}


@require_GET
@login_not_required
def library_page(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {
        "reports": [(report, rows_of(report)) for report in queries.reports_with_documents()[:50]],
        "may_compile": policies.may_compile(request.user),
    }
    if context["may_compile"]:
        context["form"] = CompileForm(initial={"request_key": uuid.uuid4(), "cycle": current_cycle()})
    return render(request, "reports/library.html", context)


@require_http_methods(["POST"])
def compile_page(request: HttpRequest) -> HttpResponse:
    if not policies.may_compile(request.user):
        raise Http404
    assert isinstance(request.user, User)
    form = CompileForm(request.POST)
    if form.is_valid():
        try:
            report = actions.compile_report(requester=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The report has been ordered. Its files appear here one by one."))
            return redirect("report", report_id=report.pk)
    reports = [(report, rows_of(report)) for report in queries.reports_with_documents()[:50]]
    context = {"reports": reports, "may_compile": True, "form": form}
    return render(request, "reports/library.html", context, status=400)


@require_GET
@login_not_required
def report_page(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    report = get_object_or_404(queries.reports_with_documents(), pk=report_id)
    documents = list(report.documents.all())
    context = {
        "report": report,
        "rows": rows_of(report),
        "ready": sum(document.state == DocumentState.READY for document in documents),
        "total": len(documents),
        "failed": [
            (document, plain_reason(document.failure))
            for document in documents
            if document.state == DocumentState.FAILED
        ],
        "is_unfinished": any(d.state in (DocumentState.QUEUED, DocumentState.RUNNING) for d in documents),
        "may_compile": policies.may_compile(request.user),
    }
    return render(request, "reports/report.html", context)


@require_http_methods(["POST"])
def retry_page(request: HttpRequest, document_id: int) -> HttpResponse:
    document = get_object_or_404(Document.objects.select_related("report"), pk=document_id)
    assert isinstance(request.user, User)
    try:
        actions.retry_document(document=document, actor=request.user)
    except PermissionDenied as refusal:
        raise Http404 from refusal
    return redirect("report", report_id=document.report_id)


@require_GET
@login_not_required
def download(request: HttpRequest, report_id: uuid.UUID, language: str, format: str) -> HttpResponseBase:
    """A finished file, as an attachment: it never runs in this site's own origin."""
    documents = Document.objects.ready().select_related("report__cycle")
    document = get_object_or_404(documents, report=report_id, language=language, format=format)
    path = storage.path_of(document.file)
    if not path.is_file():
        raise Http404
    name = f"a4p-review-{document.report.cycle.key}-{language}.{format}"
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type=CONTENT_TYPES[DocumentFormat(format)]
    )
    response["ETag"] = f'"{document.sha256}"'
    response["Content-Language"] = language
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def rows_of(report: Report) -> list[dict[str, Any]]:
    """One row a language for the component that lists files."""
    documents: dict[str, list[Document]] = {}
    for document in report.documents.all():
        documents.setdefault(document.language, []).append(document)
    return [
        {
            "name": language.name,
            "html_lang": language.html_lang,
            "direction": language.direction,
            "files": [_file(d) for d in sorted(documents.get(language.code, []), key=lambda d: d.format != "pdf")],
        }
        for language in LANGUAGES
    ]


def _file(document: Document) -> dict[str, Any]:
    return {
        "document": document,
        "label": document.get_format_display(),
        "url": reverse("download", args=[document.report_id, document.language, document.format]),
        "bytes": document.size,
        "pages": document.pages,
        "state": document.state,
        "state_label": document.get_state_display(),
    }
