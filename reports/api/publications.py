from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.models import OwnerKind
from progress.api.parameters import OF_ASSIGNMENT
from progress.models import AssessmentReply, AssessmentVersion, Assignment, AssignmentKind, Status, UpdateVersion
from reports import queries
from reports.api.moment import MOMENT, AtAMoment
from reports.behind import behind_figure
from reports.figures import PUBLISHED, SILENT, STATUSES
from reports.serializers.publications import AssignmentShape, PublicationShape, PublishedAssessmentShape
from stakeholders.api import parameters
from stakeholders.api.access import Everyone
from stakeholders.api.base import ListView, RecordView
from stakeholders.context import current_language
from stakeholders.guards import find_or_refuse

WITHIN = {**OF_ASSIGNMENT, **MOMENT}
COLUMNS = {"area": "commitment__area__uid", "commitment": "commitment__uid", "stakeholder": "stakeholder__code"}


class OfTheCycle(AtAMoment):
    """Rows of the assignments that the address names."""

    def within(self, prefix: str) -> dict[str, Any]:
        found: dict[str, Any] = {f"{prefix}{COLUMNS[name]}": self.asked[name] for name in COLUMNS if name in self.asked}
        if self.reading.chosen:
            found[f"{prefix}cycle"] = self.reading.chosen
        return found


class Assignments(AtAMoment, ListView):
    shape = AssignmentShape
    operation = "assignments_list"
    summary = _("Who was asked what in a cycle, and with which status they have answered in public")
    permission_classes = [Everyone]
    parameters = {
        **WITHIN,
        "owner": parameters.choice(_("Kind of owner that leads."), OwnerKind.values),
        "kind": parameters.choice(_("Expected or invited."), AssignmentKind.values),
        "status": parameters.choice(_("What is public on it."), (*STATUSES, SILENT, PUBLISHED)),
    }

    def rows(self) -> QuerySet[Assignment]:
        reading = self.reading
        if reading.cycle is None:
            return Assignment.objects.none()
        asked = Assignment.objects.filter(cycle=reading.cycle).select_related("cycle")
        filters = {name: value for name, value in self.asked.items() if name in self.parameters and name not in MOMENT}
        return behind_figure(asked, filters, language=current_language(), as_of=reading.as_of)


class Publications(OfTheCycle, ListView):
    shape = PublicationShape
    operation = "publications_list"
    summary = _("Published updates with their words, the earliest first")
    permission_classes = [Everyone]
    parameters = {**WITHIN, "status": parameters.choice(_("Reported status."), Status.values)}

    def rows(self) -> QuerySet[UpdateVersion]:
        rows = UpdateVersion.objects.readable_at(self.reading.as_of).filter(**self.within("update__assignment__"))
        if status := self.asked.get("status"):
            rows = rows.filter(status=status)
        return rows.with_everything().prefetch_related("translations", "update__evidence")

    def shaped(self, record: Any, *, many: bool = False) -> Any:
        return super().shaped(queries.shown(record, current_language().code), many=many)


class OnePublication(RecordView):
    shape = PublicationShape
    operation = "publications_read"
    summary = _("One published text, also once a later one has taken its place")
    permission_classes = [Everyone]

    def record(self) -> Any:
        version = find_or_refuse(queries.readable_versions(), pk=self.kwargs["version_id"])
        return queries.shown([version], current_language().code)[0]


class PublishedAssessments(OfTheCycle, ListView):
    shape = PublishedAssessmentShape
    operation = "published_assessments_list"
    summary = _("Published assessments by the Secretariat, each with the reply of the stakeholder")
    permission_classes = [Everyone]
    parameters = WITHIN

    def rows(self) -> QuerySet[AssessmentVersion]:
        as_of = self.reading.as_of
        replies = AssessmentReply.objects.filter(at__lte=as_of) if as_of else AssessmentReply.objects.all()
        rows = AssessmentVersion.objects.readable_at(as_of).filter(**self.within("assessment__assignment__"))
        related = ("cycle", "commitment", "stakeholder")
        rows = rows.select_related(*(f"assessment__assignment__{name}" for name in related))
        return rows.prefetch_related(Prefetch("replies", replies))
