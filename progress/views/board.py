"""The officers' board: who has answered, and one click to remind those who have not."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from progress import actions
from progress.board import AREA, GROUPINGS, BoardRow, board_of
from progress.forms import RemindForm
from progress.picking import picked
from progress.views.reviewing import for_officers
from stakeholders.context import current_language
from stakeholders.dates import number
from stakeholders.guards import signed_in

ROWS_A_PAGE = 40


@require_GET
@for_officers
def board_page(request: HttpRequest) -> HttpResponse:
    one, by = picked(request), request.GET.get("by", AREA)
    if by not in GROUPINGS:
        raise Http404
    rows = board_of(one.cycle, by, language=current_language().code)
    context = {
        "cycle": one.cycle,
        "picked": one,
        "by": by,
        "groupings": GROUPINGS.items(),
        "page": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "total": _total(rows),
    }
    return render(request, "progress/board.html", context)


@require_http_methods(["POST"])
@for_officers
def remind(request: HttpRequest) -> HttpResponse:
    form = RemindForm(request.POST)
    if not form.is_valid():
        raise Http404
    cycle, by, key = (form.cleaned_data[name] for name in ("cycle", "by", "key"))
    try:
        reminded = actions.remind(cycle=cycle, officer=signed_in(request), **({by: key} if key else {}))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _told(reminded))
    return redirect(f"{reverse('board')}?cycle={cycle.key}&by={by}")


def _total(rows: list[BoardRow]) -> BoardRow:
    sums = (sum(getattr(row, name) for row in rows) for name in ("expected", "answered", "published"))
    return BoardRow("", _("All"), *sums)


def _told(done: actions.Reminded) -> str:
    sentences = []
    if done.stakeholders:
        reminded = ngettext("%(n)s stakeholder was reminded.", "%(n)s stakeholders were reminded.", done.stakeholders)
        told = ngettext("%(n)s person is told by e-mail.", "%(n)s people are told by e-mail.", done.people)
        sentences += [reminded % {"n": number(done.stakeholders)}, told % {"n": number(done.people)}]
    if done.unreachable:
        unreachable = ngettext(
            "%(n)s stakeholder could not be reminded: nobody is appointed to write for it.",
            "%(n)s stakeholders could not be reminded: nobody is appointed to write for them.",
            done.unreachable,
        )
        sentences.append(unreachable % {"n": number(done.unreachable)})
    if done.unsubscribed:
        unsubscribed = ngettext(
            "%(n)s stakeholder could not be reminded: whoever may write for it has unsubscribed from digests.",
            "%(n)s stakeholders could not be reminded: whoever may write for them has unsubscribed from digests.",
            done.unsubscribed,
        )
        sentences.append(unsubscribed % {"n": number(done.unsubscribed)})
    return " ".join(sentences) or _("Nobody was reminded: everyone has answered or was reminded today.")
