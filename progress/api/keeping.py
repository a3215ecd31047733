"""What officers keep, for programs: cycles, reminders and their plan; and passing an appointment on."""

from typing import ClassVar

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from progress import actions, reminders
from progress.api import shapes
from progress.models import Cycle
from progress.models.reminder_plan import PLANNED_KINDS, write_days
from progress.queries import named
from progress.serializers.cycles import CycleShape
from stakeholders.actions import NewPerson
from stakeholders.api.access import OfficersOnly
from stakeholders.api.deeds import Deed, once
from stakeholders.api.scopes import HoldsScope
from stakeholders.api.shapes import Appointed, Nothing, Person
from stakeholders.guards import Refused
from stakeholders.models import Appointment
from stakeholders.policies import may_appoint
from stakeholders.serializers.shape import Shape


class CycleDeed(Deed):
    shape: ClassVar[type[Shape]] = CycleShape
    permission_classes = [OfficersOnly, HoldsScope]

    def cycle(self) -> Cycle:
        cycle = named(Cycle.objects.all(), self.kwargs["key"])
        if cycle is None:
            raise Http404
        return cycle


class PlanCycle(CycleDeed):
    operation = "cycle_plan"
    summary = _("Enter a quarter in the plan")
    takes = shapes.NewCycle

    @once
    def post(self, request: Request) -> Response:
        """Enter a quarter in the plan. Nobody is asked before it is opened."""
        return self.shown(actions.plan_cycle(actor=self.person, **self.read()), status=201)


class OpenCycle(CycleDeed):
    operation = "cycle_open"
    summary = _("Open a planned cycle")
    takes = Nothing

    def post(self, request: Request, key: str) -> Response:
        """Open a planned cycle and ask everyone who owes something on its first day."""
        cycle = self.cycle()
        self.read()
        actions.open_cycle(cycle=cycle, actor=self.person)
        return self.shown(cycle)


class CloseCycle(CycleDeed):
    operation = "cycle_close"
    summary = _("Close an open cycle")
    takes = Nothing

    def post(self, request: Request, key: str) -> Response:
        """Take no more updates for this cycle. What is under review can still be decided."""
        cycle = self.cycle()
        self.read()
        actions.close_cycle(cycle=cycle, actor=self.person)
        return self.shown(cycle)


class Remind(CycleDeed):
    operation = "cycle_remind"
    summary = _("Remind those who are silent")
    shape = shapes.RemindedCount
    takes = shapes.Extent

    def post(self, request: Request, key: str) -> Response:
        """Remind those who have answered nothing; who was told today is left out."""
        cycle = self.cycle()
        return self.shown(actions.remind(cycle=cycle, officer=self.person, **self.read()))


class ReminderPlan(Deed):
    operation = "reminder_plan"
    summary = _("When those who owe are reminded")
    shape = shapes.PlanShape
    takes = shapes.Plan
    permission_classes = [OfficersOnly, HoldsScope]

    def get(self, request: Request) -> Response:
        """The days on which those who lead a kind of commitment are reminded."""
        return self._plan()

    def patch(self, request: Request) -> Response:
        """Set the days of some owner kinds, all or none."""
        actions.change_reminder_plan(days=self.read(), officer=self.person)
        return self._plan()

    def _plan(self) -> Response:
        plan = reminders.current_plan()
        return self.shown({kind: write_days(plan[kind]) for kind, _label in PLANNED_KINDS})


class HandOver(Deed):
    operation = "appointment_hand_over"
    summary = _("Give an appointment to a successor")
    shape = Appointed
    takes = Person

    @once
    def post(self, request: Request, appointment_id: int) -> Response:
        """End an appointment and give it to a successor, with everything that is open."""
        now = timezone.now()
        in_force = Appointment.objects.on(now.date()).select_related("person", "stakeholder")
        appointment = get_object_or_404(in_force, pk=appointment_id)
        if not may_appoint(self.person, appointment.stakeholder, appointment.role, at=now):
            raise Refused(appointment)
        successor = actions.hand_over(appointment=appointment, to=NewPerson(**self.read()), actor=self.person)
        return self.shown(successor, status=201)
