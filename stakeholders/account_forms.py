"""The account forms in our words; what they check is the library's."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS = {
    "login": pgettext_lazy("form", "E-mail address"),
    "email": pgettext_lazy("form", "E-mail address"),
    "password": pgettext_lazy("form", "Password"),
    "oldpassword": _("Your present password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "code": _("Code"),
}
HINTS = {
    "password1": _("At least 8 characters, not only digits, and not a password that many people use."),
    "code": _("Six digits from your authenticator application, or one of your recovery codes."),
}


class OurWords:
    """Labels and hints from the project's catalogue, every field written from left to right."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["dir"] = "ltr"


class LoginForm(OurWords, account.LoginForm):
    pass


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    pass


class SetPasswordForm(OurWords, account.SetPasswordForm):
    pass


class ReauthenticateForm(OurWords, account.ReauthenticateForm):
    pass


class SecondStepForm(OurWords, second_factor.AuthenticateForm):
    pass


class SecondStepAgainForm(OurWords, second_factor.ReauthenticateForm):
    pass


class ActivateForm(OurWords, totp.ActivateTOTPForm):
    pass
