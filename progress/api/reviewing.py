"""The officers' door for programs: return, accept, publish, withdraw; comments by both sides."""

import uuid

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from progress import actions, policies
from progress.api import shapes
from progress.api.judging import UpdateDeed
from progress.models import Assignment, Update, UpdateVersion
from progress.serializers.updates import CommentShape
from stakeholders.api.access import OfficersOnly
from stakeholders.api.deeds import Deed, confirm, once
from stakeholders.api.scopes import HoldsScope
from stakeholders.api.shapes import Nothing
from stakeholders.guards import find_or_refuse
from stakeholders.models import TokenScope


class Decision(UpdateDeed):
    """What officers decide on an update that was submitted; to everybody else it does not exist."""

    permission_classes = [OfficersOnly, HoldsScope]

    def seen(self, update: Update) -> UpdateVersion:
        """The text that was submitted last: a draft in the making belongs to its stakeholder alone."""
        submitted = UpdateVersion.objects.submitted().filter(update=update)
        return submitted.select_related("update").latest("number")

    def update_found(self) -> Update:
        return find_or_refuse(Update.objects.seen_by_secretariat(), pk=self.kwargs["update_id"])


class Return(Decision):
    operation = "update_return"
    summary = _("Send an update back to its author")
    takes = shapes.Reason

    def post(self, request: Request, update_id: int) -> Response:
        """Send an update back to its author with the reason, which is all they see."""
        update = self.update_found()
        return self.decide(update, actions.return_update, by="officer", reason=self.read()["reason"])


class Accept(Decision):
    operation = "update_accept"
    summary = _("Find an update sound")
    takes = Nothing

    def post(self, request: Request, update_id: int) -> Response:
        """Find a submitted update sound. It is public only once somebody publishes it."""
        update = self.update_found()
        self.read()
        return self.decide(update, actions.accept_update, by="officer")


class Publish(Decision):
    operation = "update_publish"
    summary = _("Show an update to everyone")
    takes = Nothing
    scope = TokenScope.PUBLISH

    def post(self, request: Request, update_id: int) -> Response:
        """Show an accepted update to everyone; whoever wrote it may not."""
        update = self.update_found()
        self.read()
        confirm(request)
        return self.decide(update, actions.publish_update, by="officer")


class Withdraw(Decision):
    operation = "update_withdraw"
    summary = _("Take an update out of public view")
    takes = shapes.Reason
    scope = TokenScope.PUBLISH

    def post(self, request: Request, update_id: int) -> Response:
        """Take the published version out of public view. A correction in the making is not touched."""
        update, reason = self.update_found(), self.read()["reason"]
        self.require_read(update)
        actions.withdraw_update(update=update, officer=self.person, reason=reason)
        return self.told(update)


class DecideSeveral(Deed):
    operation = "updates_decide"
    summary = _("Accept or publish several updates")
    shape = shapes.Outcome
    takes = shapes.Decisions
    permission_classes = [OfficersOnly, HoldsScope]

    def post(self, request: Request) -> Response:
        """Accept or publish several updates, each in the version that was read. To publish takes that scope."""
        asked = self.read()
        if asked["decision"] == "publish":
            confirm(request)
        wanted = {one["id"]: one["version"] for one in asked["updates"]}
        found = Update.objects.seen_by_secretariat().filter(pk__in=wanted).order_by("changed_at", "pk")
        chosen = [(one, wanted[one.pk]) for one in found.select_related("assignment__commitment")]
        refused = actions.decide_several(verb=asked["decision"], chosen=chosen, officer=self.person)
        return self.shown({"done": len(chosen) - len(refused), "refused": refused})


class Say(Deed):
    operation = "update_comment"
    summary = _("Ask or answer on an update")
    shape = CommentShape
    takes = shapes.CommentText

    @once
    def post(self, request: Request, update_id: int) -> Response:
        """Ask or answer. Only the stakeholder's people and the Secretariat read it."""
        updates = Update.objects.select_related("assignment__stakeholder")
        theirs = Assignment.objects.of_person(self.person, at=timezone.now())
        seen = updates.filter(assignment__in=theirs)
        if policies.may_review(self.person):
            seen = updates.filter(pk__in=Update.objects.seen_by_secretariat().values("pk")) | seen
        update = find_or_refuse(seen, pk=update_id)
        said = actions.comment(update=update, author=self.person, text=self.read()["text"], key=uuid.uuid4())
        return self.shown(said, status=201)
