"""Passing an appointment on, with everything that is open."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from progress import actions
from progress.queries import open_work_of
from stakeholders.forms import HandOverForm
from stakeholders.guards import Refused, posted, signed_in
from stakeholders.models import Appointment
from stakeholders.policies import may_appoint


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, appointment_id: int) -> HttpResponse:
    now = timezone.now()
    in_force = Appointment.objects.on(now.date()).select_related("person", "stakeholder")
    appointment = get_object_or_404(in_force, pk=appointment_id)
    if not may_appoint(request.user, appointment.stakeholder, appointment.role, at=now):
        raise Refused(appointment)
    form = HandOverForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            successor = actions.hand_over(appointment=appointment, to=form.who(), actor=signed_in(request))
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(
                request, _("%(person)s has it now and is told by e-mail.") % {"person": successor.person.name}
            )
            return redirect("team", code=appointment.stakeholder.code)
    drafts = open_work_of(appointment.stakeholder)
    context = {"appointment": appointment, "form": form, "drafts": drafts}
    return render(request, "progress/hand_over.html", context, status=400 if form.errors else 200)
