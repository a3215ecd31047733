from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stakeholders.api.base import ListView
from stakeholders.guards import signed_in
from stakeholders.models import Appointment
from stakeholders.serializers.register import AppointmentShape


class OwnAppointments(ListView):
    shape = AppointmentShape
    operation = "me_appointments_list"
    summary = _("For whom you speak now, and in which role")

    def rows(self) -> QuerySet[Appointment]:
        mine = Appointment.objects.on(timezone.now().date()).filter(person=signed_in(self.request))
        return mine.select_related("stakeholder")
