"""Assessments for programs: the officers' text and its steps, the stakeholder's reply."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from progress import actions
from progress.api import shapes
from progress.api.judging import AssessmentDeed
from progress.models import Assessment, Assignment
from stakeholders.api.access import OfficersOnly
from stakeholders.api.deeds import based_on, confirm
from stakeholders.api.scopes import HoldsScope
from stakeholders.api.shapes import Nothing
from stakeholders.guards import find_or_refuse
from stakeholders.models import TokenScope


class OfficersStep(AssessmentDeed):
    permission_classes = [OfficersOnly, HoldsScope]

    def assessment(self) -> Assessment:
        found = Assessment.objects.with_everything()
        return get_object_or_404(found, assignment__pk=self.kwargs["assignment_id"])


class WorkingAssessment(OfficersStep):
    operation = "assignment_assessment"
    summary = _("The Secretariat's reading being worked on")
    takes = shapes.AssessmentText

    def get(self, request: Request, assignment_id: int) -> Response:
        """The text being worked on, with the ETag that a change of it names."""
        return self.shown(self.assessment())

    def put(self, request: Request, assignment_id: int) -> Response:
        """Write the Secretariat's reading. What the stakeholder and the public have seen stays as it was."""
        assignment = get_object_or_404(Assignment.objects.with_everything(), pk=assignment_id)
        known = Assessment.objects.filter(assignment=assignment).first()
        read = based_on(request, known.version if known else 0)
        with self.judged(read):
            actions.save_assessment(assignment=assignment, officer=self.person, based_on=read, **self.read())
        return self.told(assignment_id, status=200 if read else 201)


class Show(OfficersStep):
    operation = "assessment_show"
    summary = _("Let the stakeholder read an assessment")
    takes = Nothing

    def post(self, request: Request, assignment_id: int) -> Response:
        """Let the stakeholder read it; its writers are told by mail until when they may reply."""
        assessment = self.assessment()
        self.read()
        self.step(assessment, actions.show_assessment)
        return self.told(assignment_id)


class PublishAssessment(OfficersStep):
    operation = "assessment_publish"
    summary = _("Show an assessment to everyone")
    takes = Nothing
    scope = TokenScope.PUBLISH

    def post(self, request: Request, assignment_id: int) -> Response:
        """Show it to everyone with the reply; whoever wrote it may not."""
        assessment = self.assessment()
        self.read()
        confirm(request)
        self.step(assessment, actions.publish_assessment)
        return self.told(assignment_id)


class WithdrawAssessment(OfficersStep):
    operation = "assessment_withdraw"
    summary = _("Take an assessment out of public view")
    takes = shapes.Reason
    scope = TokenScope.PUBLISH

    def post(self, request: Request, assignment_id: int) -> Response:
        """Take the published assessment out of public view."""
        assessment, reason = self.assessment(), self.read()["reason"]
        self.require_read(assessment)
        actions.withdraw_assessment(assessment=assessment, officer=self.person, reason=reason)
        return self.told(assignment_id)


class Replying(AssessmentDeed):
    shape = shapes.Replied

    def version_of(self, record: Any) -> int | None:
        return None

    @contextmanager
    def judged(self, read: int) -> Iterator[None]:
        """What stands may be a text that the stakeholder was not shown, so it is not told."""
        yield

    def shown_assessment(self) -> Assessment:
        mine = Assessment.objects.of_person(self.person, at=timezone.now()).with_everything()
        return find_or_refuse(mine, assignment__pk=self.kwargs["assignment_id"])

    def reply(self, assessment: Assessment, **words: Any) -> Response:
        self.step(assessment, actions.reply_to_assessment, by="person", **words)
        version = assessment.versions.get(number=assessment.version)
        if version.reply is None:
            raise Http404
        return self.shown(version.reply, status=201)


class Reply(Replying):
    operation = "assessment_reply"
    summary = _("Reply to an assessment")
    takes = shapes.ReplyText

    def post(self, request: Request, assignment_id: int) -> Response:
        """The stakeholder's reply to what it was shown, word for word."""
        assessment = self.shown_assessment()
        return self.reply(assessment, **self.read())


class Decline(Replying):
    operation = "assessment_decline"
    summary = _("Say that there will be no reply")
    takes = Nothing

    def post(self, request: Request, assignment_id: int) -> Response:
        """Say that there will be no reply."""
        assessment = self.shown_assessment()
        self.read()
        return self.reply(assessment, text="", language=self.person.language)
