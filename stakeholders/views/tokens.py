"""A person's own tokens for programs: which there are, a new one, the end of one."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from stakeholders import actions
from stakeholders.forms import TokenForm
from stakeholders.guards import confirmed, find_or_refuse, signed_in
from stakeholders.models import Token


@require_GET
def tokens_page(request: HttpRequest) -> HttpResponse:
    return _show(request, TokenForm())


@never_cache
@require_http_methods(["POST"])
@confirmed
def create_token(request: HttpRequest) -> HttpResponse:
    """Makes a token and shows its secret, which no page shows again; hence an answer, and no way back to it."""
    now, form = timezone.now(), TokenForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    try:
        token, secret = actions.create_token(
            person=signed_in(request),
            name=form.cleaned_data["name"],
            scope=form.cleaned_data["scope"],
            expires_at=now + timedelta(days=form.cleaned_data["days"]),
            at=now,
        )
    except ValidationError as error:
        form.take(error)
        return _show(request, form)
    return render(request, "account/token.html", {"token": token, "secret": secret})


@require_http_methods(["POST"])
def end_token(request: HttpRequest, token_id: int) -> HttpResponse:
    person = signed_in(request)
    token = find_or_refuse(Token.objects.filter(person=person), pk=token_id)
    actions.end_token(token=token, actor=person)
    messages.success(request, _("The token “%(name)s” lets nobody in any more.") % {"name": token.name})
    return redirect("tokens")


def _show(request: HttpRequest, form: TokenForm) -> HttpResponse:
    context = {
        "form": form,
        "tokens": Token.objects.standing().filter(person=signed_in(request)).select_related("person"),
        "now": timezone.now(),
    }
    return render(request, "account/tokens.html", context, status=400 if form.errors else 200)
