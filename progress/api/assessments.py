"""Assessments for the Secretariat, and for stakeholders once they have been shown theirs."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from progress import queries
from progress.api.parameters import OF_ASSIGNMENT, narrowed
from progress.models import Assessment, AssessmentState
from progress.serializers.assessments import AssessmentShape, ListedAssessmentShape
from stakeholders.api import parameters
from stakeholders.api.base import ApiView, ListView, RecordView
from stakeholders.guards import find_or_refuse, signed_in


class Assessments(ListView):
    shape = ListedAssessmentShape
    operation = "assessments_list"
    summary = _("Assessments by the Secretariat; to stakeholders, those they were shown")
    parameters = {**OF_ASSIGNMENT, "state": parameters.choice(_("State of the assessment."), AssessmentState.values)}

    def rows(self) -> QuerySet[Assessment]:
        rows = narrowed(seen(self), self.asked, "assignment__")
        return rows.filter(state=self.asked["state"]) if "state" in self.asked else rows


class OneAssessment(RecordView):
    shape = AssessmentShape
    operation = "assessments_read"
    summary = _("One assessment with its newest text and the reply to it")

    def record(self) -> Assessment:
        assessment = find_or_refuse(seen(self), pk=self.kwargs["assessment_id"])
        versions = queries.assessment_versions_readable_by(signed_in(self.request), assessment)
        assessment.newest = versions.first()  # type: ignore[attr-defined] # read by AssessmentShape
        return assessment

    def version_of(self, record: Any) -> int:
        version: int = record.version
        return version


def seen(view: ApiView) -> QuerySet[Assessment]:
    return queries.assessments_seen_by(signed_in(view.request), at=timezone.now())
