"""The Secretariat officers' door."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from progress import actions, desk, policies
from progress.conflicts import Conflict
from progress.differences import compared
from progress.forms import CommentForm, DecisionForm, InboxFilter, PlanCycleForm
from progress.models import Comment, Cycle, Update
from progress.queries import last_public_text
from stakeholders.dates import number
from stakeholders.guards import find_or_refuse, hidden_unless, safe_return, signed_in
from stakeholders.second_factor import require_confirmation

UPDATES_A_PAGE = 30
CYCLES_A_PAGE = 12  # three years

for_officers = hidden_unless(policies.may_review)


@require_GET
@for_officers
def inbox_page(request: HttpRequest) -> HttpResponse:
    filters = InboxFilter(request.GET)
    waiting = desk.inbox(filters.cleaned_data if filters.is_valid() else {})
    page = Paginator(waiting, UPDATES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "progress/inbox.html", {"page": page, "filters": filters})


@require_http_methods(["POST"])
@for_officers
def decide_several(request: HttpRequest) -> HttpResponse:
    """Accept or publish the chosen updates, each in the version that stood on the page."""
    officer, verb = signed_in(request), request.POST.get("decision", "")
    if verb not in actions.SEVERAL:
        raise Http404
    if verb == "publish":
        require_confirmation(request)
    chosen = _chosen_versions(request.POST.getlist("update"))
    refused = actions.decide_several(verb=verb, chosen=chosen, officer=officer)
    done = len(chosen) - len(refused)
    if done:
        sentence = (
            ngettext("%(n)s update was published.", "%(n)s updates were published.", done)
            if verb == "publish"
            else ngettext("%(n)s update was accepted.", "%(n)s updates were accepted.", done)
        )
        messages.success(request, sentence % {"n": number(done)})
    for one in refused:
        who, code = one.update.assignment.stakeholder.name, one.update.assignment.commitment.code
        sentence = _("%(stakeholder)s, %(code)s: %(reason)s")
        messages.error(request, sentence % {"stakeholder": who, "code": code, "reason": one.reason})
    return redirect(safe_return(request, "inbox"))


def _chosen_versions(values: list[str]) -> list[tuple[Update, int]]:
    """From "update:version" as the checkboxes say it; what makes no sense is left out."""
    parts = [value.split(":") for value in values]
    wanted = {int(p[0]): int(p[1]) for p in parts if len(p) == 2 and all(x.isdecimal() for x in p)}
    updates = Update.objects.seen_by_secretariat().filter(pk__in=wanted)
    found = updates.select_related("assignment__stakeholder", "assignment__commitment").order_by("changed_at", "pk")
    return [(update, wanted[update.pk]) for update in found]


DECISIONS: dict[str, tuple[Callable[..., None], bool]] = {
    "return": (actions.return_update, True),
    "accept": (actions.accept_update, False),
    "publish": (actions.publish_update, False),
}


@require_http_methods(["GET", "POST"])
@for_officers
def review_page(request: HttpRequest, update_id: int) -> HttpResponse:
    updates = Update.objects.seen_by_secretariat().select_related(
        "assignment__cycle", "assignment__stakeholder", "assignment__commitment__area"
    )
    update = find_or_refuse(updates, pk=update_id)
    if request.method == "GET":
        return _show(request, update, None)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _show(request, update, form, status=400)
    try:
        _decide(request, update, form)
    except ValidationError as error:
        form.add_error(None, error)
        return _show(request, update, form, status=400)
    except Conflict:
        update.refresh_from_db()
        form.add_error(None, _("The update has moved on since you opened it. Read it as it is now, then decide."))
        return _show(request, update, form, status=409)
    return redirect("review", update_id=update.pk)


def _decide(request: HttpRequest, update: Update, form: DecisionForm) -> None:
    officer, based_on = signed_in(request), form.cleaned_data["based_on"]
    reason = form.cleaned_data["reason"]
    verb = request.POST.get("decision", "")
    if verb == "withdraw":
        actions.withdraw_update(update=update, officer=officer, reason=reason)
        messages.success(request, _("Withdrawn. The public no longer sees it."))
        return
    if verb not in DECISIONS:
        raise ValidationError(_("Choose what to do: return, accept, publish or withdraw."))
    if verb == "publish":
        require_confirmation(request)
    act, needs_reason = DECISIONS[verb]
    extra = {"reason": reason} if needs_reason else {}
    act(update=update, officer=officer, based_on=based_on, **extra)
    messages.success(request, DONE[verb]())


DONE: dict[str, Callable[[], str]] = {
    "return": lambda: _("Returned to its author with your reason."),
    "accept": lambda: _("Accepted. It becomes public when it is published."),
    "publish": lambda: _("Published. Everyone can read it now."),
}


def _show(request: HttpRequest, update: Update, form: DecisionForm | None, status: int = 200) -> HttpResponse:
    version = desk.submitted_version(update)
    assert version is not None  # seen_by_secretariat() lets no update through without one
    public, before = update.versions.published().first(), last_public_text(update.assignment)
    context = {
        "update": update,
        "assignment": update.assignment,
        "commitment": update.assignment.commitment,
        "version": version,
        "form": form or DecisionForm(initial={"based_on": version.number}),
        "public": public,
        "before": before,
        "compared": compared(version, before),
        "corrected": compared(version, public) if public and public != version else [],
        "comments": list(Comment.objects.filter(update=update).select_related("author")),
        "comment_form": CommentForm(),
        "next": desk.next_in_inbox(update),
        "translations": version.translations.order_by("language"),
        "transitions": update.transitions.select_related("actor"),
        "may_publish": policies.may_publish(signed_in(request), version),
    }
    return render(request, "progress/review.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_officers
def cycles_page(request: HttpRequest) -> HttpResponse:
    """Plan a quarter; open or close one."""
    form = PlanCycleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cycle = actions.plan_cycle(actor=signed_in(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, _("%(cycle)s is planned.") % {"cycle": cycle})
            return redirect("cycle_desk")
    status = 400 if form.errors else 200
    page = Paginator(Cycle.objects.all(), CYCLES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "progress/cycles.html", {"page": page, "form": form}, status=status)


@require_http_methods(["POST"])
@for_officers
def turn_cycle(request: HttpRequest, cycle_id: int, step: str) -> HttpResponse:
    cycle = get_object_or_404(Cycle, pk=cycle_id)
    try:
        if step == "open":
            made = actions.open_cycle(cycle=cycle, actor=signed_in(request))
            messages.success(
                request,
                _("%(cycle)s is open; %(count)s assignments were made.") % {"cycle": cycle, "count": made},
            )
        else:
            actions.close_cycle(cycle=cycle, actor=signed_in(request))
            messages.success(request, _("%(cycle)s is closed.") % {"cycle": cycle})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("cycle_desk")
