"""Updates for those who write and review them. What the public reads is at /publications/."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from progress import desk, queries
from progress.api.parameters import OF_ASSIGNMENT, narrowed
from progress.handing_out import handed_out
from progress.models import Comment, Evidence, Transition, Update, UpdateState, UpdateVersion
from progress.serializers.updates import (
    CommentShape,
    EvidenceShape,
    ListedUpdateShape,
    OwnEvidenceShape,
    TransitionShape,
    UpdateShape,
    VersionShape,
)
from progress.uploads.kinds import MEDIA_TYPES
from stakeholders.api import parameters
from stakeholders.api.access import Everyone
from stakeholders.api.base import ApiView, FileView, ListView, RecordView
from stakeholders.guards import find_or_refuse, signed_in


class Updates(ListView):
    shape = ListedUpdateShape
    operation = "updates_list"
    summary = _("Updates of those you speak for; to officers, all that were ever submitted")
    order = ("-assignment_id",)  # the newest cycle first
    parameters = {**OF_ASSIGNMENT, "state": parameters.choice(_("State of the update."), UpdateState.values)}

    def rows(self) -> QuerySet[Update]:
        rows = queries.updates_seen_by(signed_in(self.request), at=timezone.now())
        rows = narrowed(rows, self.asked, "assignment__")
        return rows.filter(state=self.asked["state"]) if "state" in self.asked else rows


class OfUpdate(ApiView):
    """A view of one update, which the address names by `update_id`."""

    def update(self) -> Update:
        seen = queries.updates_seen_by(signed_in(self.request), at=timezone.now())
        return find_or_refuse(seen, pk=self.kwargs["update_id"])

    def versions(self, update: Update) -> QuerySet[UpdateVersion]:
        return desk.versions_readable_by(update, signed_in(self.request), at=timezone.now())


class OneUpdate(OfUpdate, RecordView):
    shape = UpdateShape
    operation = "updates_read"
    summary = _("One update with its newest text")

    def record(self) -> Update:
        update = self.update()
        update.newest = self.versions(update).first()  # type: ignore[attr-defined] # read by UpdateShape
        return update

    def version_of(self, record: Any) -> int:
        version: int = record.version
        return version


class Versions(OfUpdate, ListView):
    shape = VersionShape
    operation = "updates_versions_list"
    summary = _("Every text of an update that you may read, the newest first")
    order = ("-number",)

    def rows(self) -> QuerySet[UpdateVersion]:
        return self.versions(self.update())


class Transitions(OfUpdate, ListView):
    shape = TransitionShape
    operation = "updates_transitions_list"
    summary = _("The steps an update took, the newest first")
    order = ("-pk",)

    def rows(self) -> QuerySet[Transition]:
        return self.update().transitions.select_related("actor")


class Comments(OfUpdate, ListView):
    shape = CommentShape
    operation = "updates_comments_list"
    summary = _("Questions and answers on an update, the oldest first")

    def rows(self) -> QuerySet[Comment]:
        return self.update().comments.select_related("author")


class EvidenceOfUpdate(OfUpdate, ListView):
    shape = OwnEvidenceShape
    operation = "updates_evidence_list"
    summary = _("Evidence of an update, and to which of its versions each piece belongs")

    def rows(self) -> QuerySet[Evidence]:
        return seen(self).filter(update=self.update())


class EvidenceOfUpdates(ListView):
    shape = EvidenceShape
    operation = "evidence_list"
    summary = _("Evidence that you may see; without an account, what is public")
    permission_classes = [Everyone]
    parameters = {
        **OF_ASSIGNMENT,
        "update": parameters.whole(_("Id of an update.")),
    }

    def rows(self) -> QuerySet[Evidence]:
        rows = narrowed(seen(self), self.asked, "update__assignment__")
        return rows.filter(update=self.asked["update"]) if "update" in self.asked else rows


class OneEvidence(RecordView):
    shape = EvidenceShape
    operation = "evidence_read"
    summary = _("One piece of evidence; its file is at `download`")
    permission_classes = [Everyone]

    def record(self) -> Evidence:
        return find_or_refuse(seen(self), pk=self.kwargs["evidence_id"])


class EvidenceFile(FileView):
    operation = "evidence_file"
    summary = _("The file of a piece of evidence")
    permission_classes = [Everyone]
    media_types = tuple(media_type for media_type, _label in MEDIA_TYPES)

    def get(self, request: Request, evidence_id: int) -> HttpResponseBase:
        return handed_out(find_or_refuse(seen(self), pk=evidence_id), at=timezone.now())


def seen(view: ApiView) -> QuerySet[Evidence]:
    return queries.evidence_readable_by(view.request.user, at=timezone.now())
