"""How a person is written to, and the way out of digests that needs no signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stakeholders import actions
from stakeholders.forms import PreferencesForm
from stakeholders.guards import posted, signed_in
from stakeholders.unsubscribing import person_behind


@require_http_methods(["GET", "POST"])
def preferences_page(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = PreferencesForm(posted(request), person=person)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_preferences(person=person, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your preferences are saved."))
            return redirect("account")
    return render(request, "account/preferences.html", {"form": form}, status=400 if form.errors else 200)


@login_not_required
@csrf_exempt  # mail programs post here without a cookie; the signature in the address stands for one
@never_cache
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing, since mail filters open links too; the button, or a mail program's, does."""
    person = person_behind(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        actions.unsubscribe(person=person)
        person.wants_digests = False
    return render(request, "account/unsubscribe.html", {"person": person})
