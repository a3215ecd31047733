"""Signing in. The pages behind it live in the other rooms."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from stakeholders.demonstration import accounts
from stakeholders.forms import LoginForm


@method_decorator([login_not_required, sensitive_post_parameters()], name="dispatch")
class SignIn(LoginView):
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo_accounts = accounts() if settings.DEMONSTRATION else []
        return super().get_context_data(**kwargs, demo_accounts=demo_accounts)
