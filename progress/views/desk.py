"""The focal point's door to what is not the form: keeping what is typed, agreeing, submitting several."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from progress import actions
from progress.conflicts import Conflict
from progress.forms import DecisionForm, ScratchForm
from progress.models import Assignment, Update
from stakeholders.dates import number
from stakeholders.guards import find_or_refuse, signed_in


@require_http_methods(["POST"])
def keep_typed(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """The page's own script sends what is typed every few seconds; a button throws it away."""
    person, assignment = signed_in(request), _assignment(request, assignment_id)
    if "discard" in request.POST:
        actions.discard_scratch(assignment=assignment, person=person)
        return redirect("update", assignment_id=assignment.pk)
    form = ScratchForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    actions.keep_scratch(
        assignment=assignment, person=person, based_on=form.cleaned_data["based_on"], content=form.content()
    )
    return HttpResponse(status=204)


@require_http_methods(["POST"])
def approve(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """An approver agrees to a text, or sends it back to its author."""
    approver, assignment = signed_in(request), _assignment(request, assignment_id)
    update = get_object_or_404(Update.objects.select_related("assignment__cycle"), assignment=assignment)
    form = DecisionForm(request.POST)
    try:
        form.full_clean()
        based_on = form.cleaned_data.get("based_on", 0)
        if "approve" in request.POST:
            actions.approve_update(update=update, approver=approver, based_on=based_on)
            messages.success(request, _("Submitted to the Secretariat. It is not public yet."))
        else:
            reason = form.cleaned_data.get("reason", "")
            actions.send_back_update(update=update, approver=approver, based_on=based_on, reason=reason)
            messages.success(request, _("Sent back to its author with your reason."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except Conflict:
        messages.error(request, _("The text has moved on since you opened it. Read it as it is now, then decide."))
    else:
        return redirect("desk")
    return redirect("update", assignment_id=assignment.pk)


@require_http_methods(["POST"])
def submit_several(request: HttpRequest) -> HttpResponse:
    """Submit the chosen drafts as they were last saved."""
    person = signed_in(request)
    mine = Assignment.objects.of_person(person, at=timezone.now())
    chosen = [int(pk) for pk in request.POST.getlist("update") if pk.isdecimal()]
    updates = list(
        Update.objects.filter(pk__in=chosen, assignment__in=mine).select_related(
            "assignment__cycle", "assignment__stakeholder", "assignment__commitment"
        )
    )
    refused = actions.submit_several(updates=updates, author=person)
    done = len(updates) - len(refused)
    if done:
        sentence = ngettext("%(n)s update was submitted.", "%(n)s updates were submitted.", done)
        messages.success(request, sentence % {"n": number(done)})
    elif not refused:
        messages.info(request, _("Choose at least one draft."))
    for one in refused:
        code = one.update.assignment.commitment.code
        sentence = _("%(code)s was not submitted: %(reason)s")
        messages.error(request, sentence % {"code": code, "reason": one.reason})
    return redirect("desk")


def _assignment(request: HttpRequest, assignment_id: int) -> Assignment:
    mine = Assignment.objects.of_person(signed_in(request), at=timezone.now()).with_everything()
    return find_or_refuse(mine, pk=assignment_id)
