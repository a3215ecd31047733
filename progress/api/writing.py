"""The focal point's door for programs: the text of an assignment, its evidence, and handing it over."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from progress import actions
from progress.actions import NewEvidence
from progress.api import shapes
from progress.api.judging import UpdateDeed, update_of
from progress.models import Assignment, Update
from stakeholders.api.deeds import Deed, based_on
from stakeholders.api.shapes import Nothing
from stakeholders.guards import find_or_refuse


class OwnDeed(UpdateDeed):
    """What is done with the text of one of the caller's own assignments; to them the others do not exist."""

    def assignment(self) -> Assignment:
        mine = Assignment.objects.of_person(self.person, at=timezone.now()).with_everything()
        return find_or_refuse(mine, pk=self.kwargs["assignment_id"])

    def written(self) -> Update:
        update = update_of(self.assignment())
        if update is None:
            raise Http404
        return update

    def write(self, act: Any, assignment: Assignment, read: int, **words: Any) -> Response:
        version = act(assignment=assignment, author=self.person, based_on=read, **words)
        return self.told(version.update, status=200 if read else 201)


class WorkingText(OwnDeed):
    operation = "assignment_text"
    summary = _("The text being worked on")
    takes = shapes.UpdateText

    def get(self, request: Request, assignment_id: int) -> Response:
        """The text being worked on, with the ETag that a change of it names."""
        return self.told(self.written())

    def put(self, request: Request, assignment_id: int) -> Response:
        """Save the whole text as a draft. The evidence stays as it is."""
        assignment = self.assignment()
        update = update_of(assignment)
        read = based_on(request, update.version if update else 0)
        return self.write(actions.save_draft, assignment, read, **self.read())


class Submit(OwnDeed):
    operation = "assignment_submit"
    summary = _("Hand a text to the Secretariat")
    takes = shapes.UpdateText

    def post(self, request: Request, assignment_id: int) -> Response:
        """Hand the text to the Secretariat, or to the approver where the stakeholder wants one to agree.

        With a text it is saved first, both or neither; without one the text that stands is submitted.
        """
        assignment = self.assignment()
        update = update_of(assignment)
        read = based_on(request, update.version if update else 0)
        if request.data:
            words = self.read()
        elif update:
            words = words_of(update, read)
        else:
            raise Http404
        return self.write(actions.submit_update, assignment, read, **words)


class Approve(OwnDeed):
    operation = "assignment_approve"
    summary = _("Agree to a text, as an approver")
    takes = Nothing

    def post(self, request: Request, assignment_id: int) -> Response:
        """An approver of the stakeholder agrees, and the text goes to the Secretariat."""
        update = self.written()
        self.read()
        return self.decide(update, actions.approve_update, by="approver")


class SendBack(OwnDeed):
    operation = "assignment_send_back"
    summary = _("Send a text back to its author, as an approver")
    takes = shapes.Reason

    def post(self, request: Request, assignment_id: int) -> Response:
        """An approver sends the text back to its author; the Secretariat sees nothing of it."""
        update = self.written()
        return self.decide(update, actions.send_back_update, by="approver", reason=self.read()["reason"])


class AddEvidence(OwnDeed):
    operation = "assignment_evidence"
    summary = _("Add a piece of evidence")
    takes = shapes.EvidencePiece
    parser_classes = [MultiPartParser, FormParser, JSONParser]

    def post(self, request: Request, assignment_id: int) -> Response:
        """Add a file, a link or a document symbol. It makes a new version of the text with the same words."""
        assignment = self.assignment()
        update = self.written()
        read = based_on(request, update.version)
        piece = NewEvidence(**self.read())
        version = actions.save_draft(
            assignment=assignment, author=self.person, based_on=read, evidence=piece, **words_of(update, read)
        )
        return self.told(version.update, status=201)


class RemoveEvidence(OwnDeed):
    operation = "assignment_evidence_piece"
    summary = _("Take a piece of evidence away")

    def delete(self, request: Request, assignment_id: int, evidence_id: int) -> Response:
        """Take a piece away from the text, in a new version; earlier versions keep it."""
        assignment = self.assignment()
        update = self.written()
        read = based_on(request, update.version)
        return self.write(actions.save_draft, assignment, read, remove=[evidence_id], **words_of(update, read))


class SubmitSeveral(Deed):
    operation = "updates_submit"
    summary = _("Submit several drafts")
    shape = shapes.Outcome
    takes = shapes.Chosen

    def post(self, request: Request) -> Response:
        """Submit drafts as they were last saved, each by itself."""
        mine = Assignment.objects.of_person(self.person, at=timezone.now())
        updates = list(
            Update.objects.filter(pk__in=self.read()["updates"], assignment__in=mine).select_related(
                "assignment__cycle", "assignment__stakeholder", "assignment__commitment"
            )
        )
        refused = actions.submit_several(updates=updates, author=self.person)
        return self.shown({"done": len(updates) - len(refused), "refused": refused})


class TypedText(OwnDeed):
    operation = "assignment_typed"
    summary = _("What is typed and not saved yet")
    is_versioned = False
    is_silent = True
    takes = shapes.Typed

    def put(self, request: Request, assignment_id: int) -> Response:
        """Keep what is typed, sound or not, for the caller alone until they save."""
        assignment, words = self.assignment(), self.read()
        actions.keep_scratch(assignment=assignment, person=self.person, based_on=words.pop("based_on"), content=words)
        return Response(status=204)

    def delete(self, request: Request, assignment_id: int) -> Response:
        """Throw away what was kept."""
        actions.discard_scratch(assignment=self.assignment(), person=self.person)
        return Response(status=204)


def words_of(update: Update, read: int) -> Any:
    """The words of the version the caller has read, which they leave as they are."""
    version = update.versions.filter(number=read).first() or update.versions.get(number=update.version)
    return version.content
