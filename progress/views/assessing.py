"""Assessments: the officers' list and form, the stakeholder's list and reply; and comments, by both."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from progress import actions, desk, policies
from progress.conflicts import Conflict
from progress.forms import AssessmentFilter, AssessmentForm, CommentForm, CycleFilter, ReplyForm
from progress.models import Assessment, AssessmentVersion, Assignment, Update
from progress.queries import current_cycle
from progress.views.reviewing import for_officers
from stakeholders.context import current_language
from stakeholders.guards import Refused, confirmed_for, find_or_refuse, posted, safe_return, signed_in

ROWS_A_PAGE = 50


@require_GET
@for_officers
def assessments_page(request: HttpRequest) -> HttpResponse:
    """What was expected in a cycle, with what the Secretariat has said about it."""
    filters = AssessmentFilter(request.GET)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    cycle = wanted.get("cycle") or current_cycle()
    rows = desk.to_assess(cycle, wanted) if cycle else Assignment.objects.none()
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "progress/assessments.html", {"filters": filters, "page": page, "cycle": cycle})


@confirmed_for("publish")
@require_http_methods(["GET", "POST"])
@for_officers
def assess(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """The Secretariat's form, and the steps of an assessment."""
    assignment = get_object_or_404(Assignment.objects.with_everything(), pk=assignment_id)
    assessment = Assessment.objects.filter(assignment=assignment).first()
    initial = _initial(assessment)
    if request.method == "GET":
        return _show(request, assignment, assessment, AssessmentForm(initial=initial))
    # Only saving sends the words; another step is refused beside the words that stand.
    form = AssessmentForm(request.POST if "save" in request.POST else initial)
    if "save" in request.POST and not form.is_valid():
        return _show(request, assignment, assessment, form, status=400)
    try:
        _step(request, assignment, assessment, form)
    except ValidationError as error:
        form.take(error)
        return _show(request, assignment, assessment, form, status=400)
    except Conflict as conflict:
        form.add_error(None, str(conflict))
        return _show(request, assignment, assessment, form, status=409)
    return redirect("assess", assignment_id=assignment.pk)


def _step(request: HttpRequest, assignment: Assignment, assessment: Assessment | None, form: AssessmentForm) -> None:
    officer = signed_in(request)
    if "save" in request.POST:
        actions.save_assessment(assignment=assignment, officer=officer, **form.cleaned_data)
        messages.success(request, _("Saved. Only the Secretariat sees it."))
        return
    if assessment is None:
        raise ValidationError(_("Save the assessment first."))
    based_on = int(request.POST["based_on"]) if request.POST.get("based_on", "").isdecimal() else 0
    if "show" in request.POST:
        actions.show_assessment(assessment=assessment, officer=officer, based_on=based_on)
        messages.success(request, _("The stakeholder sees it now and may reply."))
    elif "publish" in request.POST:
        actions.publish_assessment(assessment=assessment, officer=officer, based_on=based_on)
        messages.success(request, _("Published. Everyone can read it now."))
    elif "withdraw" in request.POST:
        reason = request.POST.get("withdrawal", "")
        actions.withdraw_assessment(assessment=assessment, officer=officer, reason=reason)
        messages.success(request, _("Withdrawn. The public no longer sees it."))
    else:
        raise ValidationError(_("Choose what to do: save, show, publish or withdraw."))


def _initial(assessment: Assessment | None) -> dict[str, Any]:
    current = assessment.versions.filter(number=assessment.version).first() if assessment else None
    if current is None:
        return {"based_on": 0, "language": current_language().code}
    return {**current.content, "based_on": current.number}


def _show(
    request: HttpRequest, assignment: Assignment, assessment: Assessment | None, form: AssessmentForm, status: int = 200
) -> HttpResponse:
    update: Update | None = getattr(assignment, "update", None)
    current = None
    if assessment:
        assessment.refresh_from_db()
        current = assessment.versions.prefetch_related("replies").filter(number=assessment.version).first()
    context = {
        "assignment": assignment,
        "commitment": assignment.commitment,
        "assessment": assessment,
        "current": current,
        "form": form,
        "steps": desk.assessment_steps(assessment) if assessment else [],
        "submitted": desk.submitted_version(update) if update else None,
        "public": AssessmentVersion.objects.published().filter(assessment=assessment).first() if assessment else None,
        "is_author": bool(current and current.author_id == signed_in(request).pk),
    }
    return render(request, "progress/assess.html", context, status=status)


@require_GET
def own_assessments_page(request: HttpRequest) -> HttpResponse:
    """What the Secretariat has shown to the stakeholders of this person, cycle by cycle."""
    filters = CycleFilter(request.GET if "cycle" in request.GET else None)
    asked = filters.cleaned_data["cycle"] if filters.is_valid() else None
    cycle, shown = desk.assessments_shown_to(signed_in(request), asked, at=timezone.now())
    page = Paginator(shown, ROWS_A_PAGE).get_page(request.GET.get("page"))
    filters.initial["cycle"] = cycle  # the list says which one is shown
    return render(request, "progress/own_assessments.html", {"filters": filters, "page": page, "cycle": cycle})


@require_http_methods(["GET", "POST"])
def assessment_page(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """The stakeholder reads what will be said, and replies."""
    person, now = signed_in(request), timezone.now()
    mine = Assessment.objects.of_person(person, at=now).with_everything()
    assessment = find_or_refuse(mine, assignment__pk=assignment_id)
    version = assessment.versions.filter(shown_at__isnull=False).prefetch_related("replies__author").first()
    assert version is not None  # of_person() lets none through that was never shown
    form = ReplyForm(posted(request), initial={"based_on": version.number, "language": current_language().code})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply_to_assessment(assessment=assessment, person=person, **form.reply(request.POST))
        except ValidationError as error:
            form.add_error(None, error)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            status = 409
        else:
            messages.success(request, _("Your reply stands beside the assessment, word for word."))
            return redirect("assessment", assignment_id=assignment_id)
    if form.errors and status == 200:
        status = 400
    context = {
        "assessment": assessment,
        "assignment": assessment.assignment,
        "commitment": assessment.assignment.commitment,
        "version": version,
        "form": form,
        "may_reply": assessment.state == "shown" and policies.may_reply(person, assessment, at=now),
    }
    return render(request, "progress/assessment.html", context, status=status)


@require_http_methods(["POST"])
def comment(request: HttpRequest, update_id: int) -> HttpResponse:
    """Ask or answer; back to the page it was written on, with what was typed if it was refused."""
    person, now = signed_in(request), timezone.now()
    updates = Update.objects.select_related("assignment__stakeholder", "assignment__commitment")
    update = get_object_or_404(updates, pk=update_id)
    is_theirs = Assignment.objects.of_person(person, at=now).filter(pk=update.assignment_id).exists()
    is_seen = policies.may_review(person) and Update.objects.seen_by_secretariat().filter(pk=update.pk).exists()
    if not (is_theirs or is_seen):
        raise Refused(update)
    form = CommentForm(request.POST)
    if form.is_valid():
        actions.comment(update=update, author=person, **form.cleaned_data)
        messages.success(request, _("Sent to the other side."))
        return redirect(safe_return(request, "desk"))
    return render(request, "progress/comment.html", {"form": form, "update": update}, status=400)
