"""The focal point's door."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from progress import actions, desk, policies
from progress.conflicts import Conflict, StaleVersion
from progress.forms import CommentForm, UpdateForm
from progress.models import Assignment, Comment, Evidence, Update, UpdateVersion
from progress.queries import last_public_text
from progress.texts import carried_in_words
from stakeholders.context import current_language
from stakeholders.guards import find_or_refuse, signed_in, takes_files
from stakeholders.models import User
from stakeholders.typed import keeps_typed, typed_before_signing_in


@require_GET
def desk_page(request: HttpRequest) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    appointments = list(desk.stakeholders_of(user, at=now))
    if user.is_officer and not appointments:
        return redirect("inbox")
    desks = desk.desks_of(user, at=now)
    return render(request, "progress/desk.html", {"desks": desks, "appointments": appointments, "today": now.date()})


@keeps_typed
@takes_files
@require_http_methods(["GET", "POST"])
def update_page(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """One assignment: the form while it may be written, the text and its history at any time."""
    user, now = signed_in(request), timezone.now()
    assignments = Assignment.objects.of_person(user, at=now).with_everything().prefetch_related("update__versions")
    assignment = find_or_refuse(assignments, pk=assignment_id)
    if request.method == "POST":
        return _save(request, user, assignment)
    return _show(request, assignment, *_form_of(request, assignment, user))


def _save(request: HttpRequest, user: User, assignment: Assignment) -> HttpResponse:
    form = UpdateForm(request.POST, request.FILES, evidence=_pieces_of(_current_version(assignment)))
    if not form.is_valid() or "write" in request.POST:
        return _show(request, assignment, form, status=400 if form.errors else 200)
    if "preview" in request.POST:
        return _preview(request, user, assignment, form)
    act = actions.submit_update if "submit" in request.POST else actions.save_draft
    try:
        version = act(
            assignment=assignment,
            author=user,
            based_on=form.cleaned_data["based_on"],
            evidence=form.evidence(),
            remove=form.cleaned_data["remove"],
            **form.content(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _show(request, assignment, form, status=400)
    except StaleVersion as conflict:
        return _show_conflict(request, assignment, form, conflict)
    except Conflict as conflict:
        form.add_error(None, str(conflict))
        return _show(request, assignment, form, status=409)
    _tell_what_files_carry(request, version)
    if act is actions.submit_update:
        messages.success(request, _submitted(user, assignment))
        return redirect("desk")
    messages.success(request, _("Saved as a draft. Nobody but your own delegation sees it."))
    return redirect("update", assignment_id=assignment.pk)


def _form_of(request: HttpRequest, assignment: Assignment, user: User) -> tuple[UpdateForm, str]:
    """The form, and where its words come from: typed (and never saved), carried (from last time) or saved."""
    current = _current_version(assignment)
    initial: dict[str, Any] = {"based_on": 0, "language": current_language().code}
    if current:
        initial = {**current.content, "based_on": current.number}
    pieces = _pieces_of(current)
    if typed := typed_before_signing_in(request) or desk.scratch_of(assignment, user):
        return UpdateForm(initial={**initial, **typed}, evidence=pieces), "typed"
    if "carry" in request.GET and (before := last_public_text(assignment)):
        return UpdateForm(initial={**before.content, "based_on": initial["based_on"]}, evidence=pieces), "carried"
    return UpdateForm(initial=initial, evidence=pieces), "saved"


def _submitted(user: User, assignment: Assignment) -> str:
    if policies.may_submit(user, assignment, at=timezone.now()):
        return _("Submitted to the Secretariat. It is not public yet.")
    return _("Handed to your approver, who submits it to the Secretariat.")


def _preview(request: HttpRequest, user: User, assignment: Assignment, form: UpdateForm) -> HttpResponse:
    """The words as a reader will see them; nothing is saved yet."""
    version = UpdateVersion(**form.content())
    context = {
        "assignment": assignment,
        "commitment": assignment.commitment,
        "form": form,
        "version": version,
        "may_submit": policies.may_submit(user, assignment, at=timezone.now()),
    }
    return render(request, "progress/preview.html", context)


def _pieces_of(version: UpdateVersion | None) -> list[Evidence]:
    return list(version.evidence) if version else []


def _tell_what_files_carry(request: HttpRequest, version: UpdateVersion) -> None:
    """What the file just added gives away, and to whom."""
    for piece in version.evidence.filter(from_version=version.number).exclude(carries=[]):
        for sentence in carried_in_words(piece):
            messages.warning(request, sentence)


def _current_version(assignment: Assignment) -> UpdateVersion | None:
    """The text being worked on, among the versions that were read with the assignment."""
    update: Update | None = getattr(assignment, "update", None)
    versions = update.versions.all() if update else []
    return next((version for version in versions if update and version.number == update.version), None)


def _show(
    request: HttpRequest, assignment: Assignment, form: UpdateForm, source: str = "saved", status: int = 200
) -> HttpResponse:
    now, user = timezone.now(), signed_in(request)
    update: Update | None = getattr(assignment, "update", None)
    transitions = list(update.transitions.select_related("actor")) if update else []
    may_write = policies.may_write_update(user, assignment, at=now)
    needs_approval = assignment.stakeholder.needs_approval
    approves = needs_approval and policies.may_approve(user, assignment, at=now)
    takes_updates = assignment.cycle.takes_updates_on(now.date())
    context = {
        "assignment": assignment,
        "commitment": assignment.commitment,
        "update": update,
        "form": form,
        "source": source,
        "may_submit": approves if needs_approval else may_write,
        "may_approve": approves,
        "may_write": may_write and takes_updates and (update is None or update.is_editable),
        "takes_updates": takes_updates,
        "transitions": transitions,
        "returned": transitions[0] if update and update.state == "returned" and transitions else None,
        "current": _current_version(assignment),
        "public": next((v for v in update.versions.all() if v.is_public), None) if update else None,
        "before": last_public_text(assignment),
        **_conversation(update, may_write=may_write),
    }
    return render(request, "progress/update.html", context, status=status)


def _conversation(update: Update | None, *, may_write: bool) -> dict[str, Any]:
    """Questions and answers with the Secretariat, once something was submitted."""
    if update is None or not any(version.submitted_at for version in update.versions.all()):
        return {}
    comments = list(Comment.objects.filter(update=update).select_related("author"))
    return {"comments": comments, "comment_form": CommentForm() if may_write else None}


def _show_conflict(
    request: HttpRequest, assignment: Assignment, form: UpdateForm, conflict: StaleVersion
) -> HttpResponse:
    """Both texts side by side; saving again from here is a decision made with both in view."""
    mine = request.POST.copy()
    mine["based_on"] = str(conflict.current.number)
    context = {
        "assignment": assignment,
        "commitment": assignment.commitment,
        "theirs": conflict.current,
        "form": UpdateForm(mine, request.FILES, evidence=_pieces_of(conflict.current)),
    }
    return render(request, "progress/conflict.html", context, status=409)


@require_http_methods(["POST"])
def nothing_new(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """One click: nothing new to report this quarter, submitted."""
    user = signed_in(request)
    assignments = Assignment.objects.of_person(user, at=timezone.now()).with_everything()
    assignment = find_or_refuse(assignments, pk=assignment_id)
    if _current_version(assignment):
        return redirect("update", assignment_id=assignment.pk)
    try:
        actions.submit_update(
            assignment=assignment,
            author=user,
            based_on=0,
            status="nothing_new",
            language=current_language().code,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except Conflict:
        return redirect("update", assignment_id=assignment.pk)
    else:
        messages.success(request, _submitted(user, assignment))
    return redirect("desk")
