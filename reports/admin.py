from django.contrib import admin

from reports.models import Document, Report
from stakeholders.read_only import ReadOnly


@admin.register(Report)
class ReportAdmin(ReadOnly):
    list_display = ["cycle", "as_of", "requested_by", "fingerprint"]
    list_select_related = ["cycle", "requested_by"]


@admin.register(Document)
class DocumentAdmin(ReadOnly):
    list_display = ["report", "language", "format", "state", "attempts", "failure", "finished_at"]
    list_filter = ["state", "format", "language"]
    list_select_related = ["report__cycle"]
