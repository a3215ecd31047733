"""Who speaks for whom: an approver's team, and the Secretariat's view of everybody."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stakeholders import actions, policies, queries
from stakeholders.forms import AppointForm, InviteOfficerForm, PeopleFilter
from stakeholders.guards import Refused, confirmed, hidden_unless, posted, signed_in
from stakeholders.models import Appointment, AppointmentRole, Stakeholder, User

for_people_keepers = hidden_unless(policies.may_keep_people)
PEOPLE_A_PAGE = 30


@require_http_methods(["GET", "POST"])
def team_page(request: HttpRequest, code: str) -> HttpResponse:
    """Those who speak for one stakeholder, and the form that appoints one more."""
    stakeholder = get_object_or_404(Stakeholder, code=code)
    roles = policies.roles_kept_by(request.user, stakeholder, at=timezone.now())
    if not roles:
        raise Refused(stakeholder)
    form = AppointForm(posted(request), roles=roles)
    if request.method == "POST" and form.is_valid():
        try:
            appointment = actions.appoint_by_email(
                who=form.who(),
                stakeholder=stakeholder,
                role=form.cleaned_data["role"],
                ends_on=form.cleaned_data["ends_on"],
                actor=signed_in(request),
            )
        except ValidationError as error:
            form.take(error)
        else:
            done = _("%(person)s is appointed and is told by e-mail.") % {"person": appointment.person.name}
            messages.success(request, done)
            return redirect("team", code=code)
    return _show_team(request, stakeholder, roles, form)


@require_http_methods(["POST"])
def set_approval(request: HttpRequest, code: str) -> HttpResponse:
    stakeholder = get_object_or_404(Stakeholder, code=code)
    if not policies.may_keep_team(request.user, stakeholder, at=timezone.now()):
        raise Refused(stakeholder)
    needed = request.POST.get("needed") == "1"
    actions.set_approval(stakeholder=stakeholder, needed=needed, actor=signed_in(request))
    return redirect("team", code=code)


@require_http_methods(["POST"])
def end_appointment(request: HttpRequest, appointment_id: int) -> HttpResponse:
    appointment = _appointment_of(request, appointment_id)
    actions.end_appointment(appointment=appointment, actor=signed_in(request))
    done = _("The appointment of %(person)s has ended.") % {"person": appointment.person.name}
    messages.success(request, done)
    return redirect("team", code=appointment.stakeholder.code)


@require_GET
@for_people_keepers
def people_page(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, found by name, address or stakeholder."""
    filters = PeopleFilter(request.GET)
    wanted = filters.cleaned_data["q"] if filters.is_valid() else ""
    people = queries.people(wanted, at=timezone.now())
    context = {
        "filters": filters,
        "page": Paginator(people, PEOPLE_A_PAGE).get_page(request.GET.get("page")),
        "form": InviteOfficerForm(),
    }
    return render(request, "stakeholders/people.html", context)


@require_http_methods(["POST"])
@for_people_keepers
@confirmed
def invite_officer(request: HttpRequest) -> HttpResponse:
    form = InviteOfficerForm(request.POST)
    if form.is_valid():
        try:
            person = actions.invite_officer(by=signed_in(request), **form.cleaned_data)
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("%(person)s is an officer now.") % {"person": person.name})
            return redirect("people")
    people = queries.people("", at=timezone.now())
    context = {"filters": PeopleFilter(), "page": Paginator(people, PEOPLE_A_PAGE).get_page(1), "form": form}
    return render(request, "stakeholders/people.html", context, status=400)


@require_http_methods(["POST"])
@for_people_keepers
def invite_again(request: HttpRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(User, pk=person_id)
    try:
        before = request.POST.get("instead_of", "")
        instead_of = int(before) if before.isdecimal() else None
        actions.invite(person=person, by=signed_in(request), instead_of=instead_of)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("A new invitation goes to %(person)s.") % {"person": person.name})
    return redirect("people")


@require_http_methods(["POST"])
@for_people_keepers
@confirmed
def close_account(request: HttpRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(User, pk=person_id)
    actions.close_account(person=person, by=signed_in(request))
    messages.success(request, _("The account of %(person)s is closed.") % {"person": person.name})
    return redirect("people")


def _appointment_of(request: HttpRequest, appointment_id: int) -> Appointment:
    appointment = get_object_or_404(Appointment.objects.select_related("person", "stakeholder"), pk=appointment_id)
    if not policies.may_keep_team(request.user, appointment.stakeholder, at=timezone.now()):
        raise Refused(appointment)
    return appointment


def _show_team(
    request: HttpRequest, stakeholder: Stakeholder, roles: tuple[AppointmentRole, ...], form: AppointForm
) -> HttpResponse:
    now = timezone.now()
    context = {
        "stakeholder": stakeholder,
        "form": form,
        "team": queries.team_of(stakeholder, at=now),
        "roles_kept": roles,
        "former": queries.former_team_of(stakeholder, at=now)[:20],
    }
    return render(request, "stakeholders/team.html", context, status=400 if form.errors else 200)
