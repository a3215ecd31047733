from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from stakeholders.text import clean_body


class BodyField(forms.CharField):
    """Several lines of text, brought to their stored form before they are measured: browsers send CR LF."""

    def to_python(self, value: Any) -> str:
        return clean_body(super().to_python(value) or "")


class LoginForm(AuthenticationForm):
    """E-mail and password. One answer for every failure, so that nobody learns who has an account."""

    error_messages = {
        "invalid_login": _("The e-mail address or the password is not right. Check both and try again."),
        "inactive": _("The e-mail address or the password is not right. Check both and try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail address")
        self.fields["username"].widget = forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"})
        self.fields["password"].widget.attrs["dir"] = "ltr"

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()
