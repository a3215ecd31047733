"""Accounts and appointments for programs: the same steps as on the pages of people and teams."""

from typing import ClassVar

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders import actions, policies
from stakeholders.actions import NewPerson
from stakeholders.api import shapes
from stakeholders.api.access import OfficersOnly
from stakeholders.api.deeds import Deed, confirm, once
from stakeholders.api.scopes import HoldsScope
from stakeholders.guards import Refused
from stakeholders.models import Appointment, Stakeholder, TokenScope, User
from stakeholders.serializers.shape import Shape


class TeamDeed(Deed):
    """What is done with a team by who keeps it; to others its list does not exist."""

    shape: ClassVar[type[Shape]] = shapes.Appointed

    def require_keeper(self, stakeholder: Stakeholder, record: Appointment | Stakeholder) -> None:
        if not policies.may_keep_team(self.person, stakeholder, at=timezone.now()):
            raise Refused(record)

    def stakeholder(self) -> Stakeholder:
        stakeholder = get_object_or_404(Stakeholder, code=self.kwargs["code"])
        self.require_keeper(stakeholder, stakeholder)
        return stakeholder


class Appoint(TeamDeed):
    operation = "appointment_make"
    summary = _("Let a person speak for a stakeholder")
    takes = shapes.NewAppointment

    @once
    def post(self, request: Request, code: str) -> Response:
        """Let a person speak for a stakeholder from today; they are told, or invited, by mail."""
        stakeholder, words = self.stakeholder(), self.read()
        role, ends_on = words.pop("role"), words.pop("ends_on")
        appointment = actions.appoint_by_email(
            who=NewPerson(**words), stakeholder=stakeholder, role=role, ends_on=ends_on, actor=self.person
        )
        return self.shown(appointment, status=201)


class EndAppointment(TeamDeed):
    operation = "appointment_end"
    summary = _("End an appointment at once")
    takes = shapes.Nothing

    def post(self, request: Request, appointment_id: int) -> Response:
        """End it at once: the right is gone with the person's next request."""
        found = Appointment.objects.select_related("person", "stakeholder")
        appointment = get_object_or_404(found, pk=appointment_id)
        self.require_keeper(appointment.stakeholder, appointment)
        self.read()
        actions.end_appointment(appointment=appointment, actor=self.person)
        return self.shown(found.get(pk=appointment_id))


class SetApproval(TeamDeed):
    operation = "stakeholder_approval"
    summary = _("Whether an approver agrees first")
    shape = shapes.Approves
    takes = shapes.Approval

    def put(self, request: Request, code: str) -> Response:
        """Decide whether an approver agrees before the Secretariat sees an author's update."""
        stakeholder = self.stakeholder()
        actions.set_approval(stakeholder=stakeholder, actor=self.person, **self.read())
        return self.shown(Stakeholder.objects.get(pk=stakeholder.pk))


class PeopleDeed(Deed):
    shape = shapes.Account
    permission_classes = [OfficersOnly, HoldsScope]


class InviteOfficer(PeopleDeed):
    operation = "officer_invite"
    summary = _("Make a person an officer of the Secretariat")
    takes = shapes.Person
    scope = TokenScope.PUBLISH

    @once
    def post(self, request: Request) -> Response:
        """Make a person an officer of the Secretariat and invite them."""
        confirm(request)
        return self.shown(actions.invite_officer(by=self.person, **self.read()), status=201)


class InviteAgain(PeopleDeed):
    operation = "person_invite"
    summary = _("Send an invitation again")
    takes = shapes.Invite

    @once
    def post(self, request: Request, person_id: int) -> Response:
        """Send the invitation again; an earlier one stops working."""
        person = get_object_or_404(User, pk=person_id)
        actions.invite(person=person, by=self.person, **self.read())
        return self.shown(person)


class CloseAccount(PeopleDeed):
    operation = "person_close"
    summary = _("Close an account")
    takes = shapes.Nothing
    scope = TokenScope.PUBLISH

    def post(self, request: Request, person_id: int) -> Response:
        """Shut a person out at their next request and end what they were appointed to."""
        self.read()
        confirm(request)
        actions.close_account(person=get_object_or_404(User, pk=person_id), by=self.person)
        return self.shown(User.objects.get(pk=person_id))


class OwnAccount(Deed):
    operation = "me"
    summary = _("Who the caller is")
    shape = shapes.Account
    takes = shapes.Preferences

    def get(self, request: Request) -> Response:
        """Who the caller is here, and how they are written to."""
        return self.shown(self.person)

    def put(self, request: Request) -> Response:
        """In which language, by whose clock and with or without digests the tracker writes to the caller."""
        actions.change_preferences(person=self.person, **self.read())
        return self.shown(self.person)
