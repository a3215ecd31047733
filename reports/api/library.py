from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from reports import queries
from reports.api.moment import MOMENT, AtAMoment
from reports.models import Report, Scope
from reports.serializers.library import ReportShape
from stakeholders.api import parameters
from stakeholders.api.access import Everyone
from stakeholders.api.base import ListView, RecordView
from stakeholders.guards import find_or_refuse


class Reports(AtAMoment, ListView):
    shape = ReportShape
    operation = "reports_list"
    summary = _("Reports, the newest first, with their files")
    permission_classes = [Everyone]
    is_kept = False  # files become ready without anything being published
    parameters = {**MOMENT, "scope": parameters.choice(_("How much of a cycle it shows."), Scope.values)}
    order = ("-as_of",)

    def rows(self) -> QuerySet[Report]:
        rows = queries.reports_with_documents(self.reading.as_of)
        if self.reading.chosen:
            rows = rows.filter(cycle=self.reading.chosen)
        return rows.filter(scope=self.asked["scope"]) if "scope" in self.asked else rows


class OneReport(RecordView):
    shape = ReportShape
    operation = "reports_read"
    summary = _("One report with its files")
    permission_classes = [Everyone]
    is_kept = False  # files become ready without anything being published

    def record(self) -> Report:
        return find_or_refuse(queries.reports_with_documents(), pk=self.kwargs["report_id"])
