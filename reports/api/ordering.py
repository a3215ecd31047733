"""The officers' door to reports for programs: order, correct, cancel, try again."""

import uuid

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from reports import actions
from reports.api import shapes
from reports.models import Document, Report
from reports.queries import reports_with_documents
from reports.serializers.library import ReportShape
from stakeholders.api.access import OfficersOnly
from stakeholders.api.deeds import Deed, once
from stakeholders.api.scopes import HoldsScope
from stakeholders.api.shapes import Nothing


class ReportDeed(Deed):
    shape = ReportShape
    permission_classes = [OfficersOnly, HoldsScope]

    def told(self, report: Report, *, status: int = 200) -> Response:
        """The report with its files as they stand now."""
        return self.shown(reports_with_documents().get(pk=report.pk), status=status)


class OrderReport(ReportDeed):
    operation = "report_order"
    summary = _("Order a review report")
    takes = shapes.NewReport

    @once
    def post(self, request: Request) -> Response:
        """Order a review in every language and format; whoever asks is told by mail when its files are made.

        While the same is in the making, that report is the answer, and the caller is told as well.
        """
        report = actions.compile_report(requester=self.person, request_key=uuid.uuid4(), **self.read())
        return self.told(report, status=201)


class CorrectReport(ReportDeed):
    operation = "report_correct"
    summary = _("Issue a report anew")
    takes = shapes.Correction

    @once
    def post(self, request: Request, report_id: uuid.UUID) -> Response:
        """Issue the same report anew in place of one that was wrong, saying why."""
        report, reason = get_object_or_404(Report, pk=report_id), self.read()["reason"]
        correction = actions.correct_report(
            report=report, requester=self.person, reason=reason, request_key=uuid.uuid4()
        )
        return self.told(correction, status=201)


class CancelReport(ReportDeed):
    operation = "report_cancel"
    summary = _("Stop making a report")
    takes = Nothing

    def post(self, request: Request, report_id: uuid.UUID) -> Response:
        """Stop making the files that are not ready; those that are stay."""
        report = get_object_or_404(Report, pk=report_id)
        self.read()
        actions.cancel_report(report=report, actor=self.person)
        return self.told(report)


class RetryFile(ReportDeed):
    operation = "report_file_retry"
    summary = _("Make a file again")
    takes = Nothing

    def post(self, request: Request, report_id: uuid.UUID, language: str, kind: str) -> Response:
        """Put a failed or cancelled file back in the queue."""
        found = Document.objects.select_related("report")
        document = get_object_or_404(found, report=report_id, language=language, format=kind)
        self.read()
        actions.retry_document(document=document, actor=self.person)
        return self.told(document.report)
