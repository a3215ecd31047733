"""The officers' door to reports: look before compiling, order, correct, cancel, try again."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from progress.picking import Picked, picked
from reports import actions, policies, queries
from reports.forms import CompileForm, CorrectForm
from reports.models import Document, Report
from reports.views.library import show_report
from stakeholders.guards import hidden_unless, signed_in

for_compilers = hidden_unless(policies.may_compile)


@require_http_methods(["GET", "POST"])
@for_compilers
def compile_page(request: HttpRequest) -> HttpResponse:
    """What the report would hold and lack in each language, and the button."""
    one = picked(request)
    cycle = one.cycle
    if request.method == "GET":
        return _show(request, one, CompileForm(cycle=cycle, initial={"request_key": uuid.uuid4()}))
    form = CompileForm(request.POST, cycle=cycle)
    if form.is_valid():
        try:
            report = actions.compile_report(cycle=cycle, requester=signed_in(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The report has been ordered. You will be told by e-mail when it is ready."))
            return redirect("report", report_id=report.pk)
    return _show(request, one, form, status=400)


def _show(request: HttpRequest, one: Picked, form: CompileForm, *, status: int = 200) -> HttpResponse:
    readiness = queries.readiness_of(one.cycle)
    context = {
        "cycle": one.cycle,
        "picked": one,
        "form": form,
        "readiness": readiness,
        "published": sum(language.written for language in readiness),
    }
    return render(request, "reports/compile.html", context, status=status)


@require_http_methods(["POST"])
@for_compilers
def correct_page(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    report = get_object_or_404(queries.reports_with_documents(), pk=report_id)
    form = CorrectForm(request.POST)
    if form.is_valid():
        try:
            correction = actions.correct_report(report=report, requester=signed_in(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("The correction has been ordered. You will be told by e-mail when it is ready.")
            )
            return redirect("report", report_id=correction.pk)
    return show_report(request, report, form, status=400)


@require_http_methods(["POST"])
@for_compilers
def cancel_page(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    report = get_object_or_404(Report, pk=report_id)
    actions.cancel_report(report=report, actor=signed_in(request))
    return redirect("report", report_id=report.pk)


@require_http_methods(["POST"])
@for_compilers
def retry_page(request: HttpRequest, document_id: int) -> HttpResponse:
    document = get_object_or_404(Document.objects.select_related("report"), pk=document_id)
    actions.retry_document(document=document, actor=signed_in(request))
    return redirect("report", report_id=document.report_id)
