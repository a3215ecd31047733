"""The plan of reminders, and the proof of those that were sent."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from progress import actions, reminders
from progress.forms import ReminderPlanForm, SentFilter
from progress.models import Notice
from progress.picking import picked
from progress.views.reviewing import for_officers
from stakeholders.guards import posted, signed_in
from stakeholders.queries import unsubscribed

ROWS_A_PAGE = 25


@require_http_methods(["GET", "POST"])
@for_officers
def plan_page(request: HttpRequest) -> HttpResponse:
    form = ReminderPlanForm(posted(request), plan=reminders.current_plan())
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_reminder_plan(days=form.cleaned_data, officer=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The plan is saved. It holds from now on."))
            return redirect("reminder_plan")
    return render(request, "progress/reminder_plan.html", {"form": form}, status=400 if form.errors else 200)


@require_GET
@for_officers
def sent_page(request: HttpRequest) -> HttpResponse:
    """Who was told of whom, on which day, by which mail, or why not."""
    one = picked(request)
    cycle = one.cycle
    filters = SentFilter(request.GET, cycle=cycle)
    notices = Notice.objects.filter(reminder__cycle=cycle).select_related("reminder__stakeholder", "person", "mail")
    if filters.is_valid() and (stakeholder := filters.cleaned_data["stakeholder"]):
        notices = notices.filter(reminder__stakeholder=stakeholder)
    context = {
        "cycle": cycle,
        "picked": one,
        "filters": filters,
        "page": Paginator(notices, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "unsubscribed": unsubscribed(at=timezone.now()),
    }
    return render(request, "progress/reminders_sent.html", context)
