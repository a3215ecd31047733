"""The account of the person at the keyboard: signing in, the second factor, what they may do here."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.totp import views as totp
from allauth.socialaccount.adapter import get_adapter as single_sign_on
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from stakeholders import actions, second_factor
from stakeholders.demonstration import accounts
from stakeholders.forms import AcceptForm
from stakeholders.guards import posted, signed_in
from stakeholders.models import Appointment


class SignIn(account.LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["demo_accounts"] = accounts() if settings.DEMONSTRATION else []
        context["providers"] = single_sign_on().list_apps(self.request)
        return context


class Activate(totp.ActivateTOTPView):
    """Setting up the second factor counts as having shown it: nobody types two codes in a row."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["required"] = second_factor.needs_second_factor(signed_in(self.request))
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        second_factor.note_proof(self.request, signed_in(self.request))
        return response


@require_GET
def account_page(request: HttpRequest) -> HttpResponse:
    """Who I am here, whom I speak for, and how my account is kept safe."""
    person = signed_in(request)
    appointments = Appointment.objects.on(timezone.now().date()).filter(person=person).select_related("stakeholder")
    context = {
        "appointments": appointments,
        "has_second_factor": second_factor.has_second_factor(person),
        "needs_second_factor": second_factor.needs_second_factor(person),
    }
    return render(request, "account/account.html", context)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of an invitation."""
    invitation = actions.find_invitation(token)
    if invitation is None:
        return render(request, "account/invitation_over.html", status=404)
    form = AcceptForm(posted(request), initial={"name": invitation.person.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_invitation(invitation=invitation, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your account is open. Sign in with your e-mail address and new password."))
            return redirect(settings.LOGIN_URL)
    context = {"form": form, "invitation": invitation}
    return render(request, "account/invitation.html", context, status=400 if form.errors else 200)
