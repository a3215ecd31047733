"""How the accounts library behaves here: no signing up, mail through our outbox, sealed secrets, our words."""

import base64
import hashlib
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from stakeholders import actions, diary
from stakeholders.device import device_of, remember_device
from stakeholders.mail import queue_mail
from stakeholders.models import User

WRONG = _("The e-mail address or the password is not right. Check both and try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Log-in, passwords and what is mailed about them."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": _(
            "Too many wrong attempts. Wait five minutes, or set a new password through “Forgotten your password?”."
        ),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your present password."),
        "rate_limited": _("Too many requests at once. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by invitation alone."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue it: a dead mail server delays nobody, and answering takes as long whoever asked."""
        person = User.objects.get(email=email.lower())
        words = {**context, "person": person, "site_address": settings.SITE_ADDRESS}
        with translation.override(person.language):
            subject = render_to_string(f"{template_prefix}_subject.txt", words).strip()
            body = render_to_string(f"{template_prefix}_message.txt", words).strip()
        queue_mail(person=person, fact=f"account:{uuid.uuid4()}", subject=subject, body=body, is_secret=True)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """The link leads to the configured address, in the language of the person and not of who asked."""
        with translation.override(user.language):
            path = reverse("account_reset_password_from_key", args=[context["uid"], context["key"]])
        address = settings.SITE_ADDRESS + path
        self.send_mail("account/email/password_reset_key", email, {**context, "address": address})

    def set_password(self, user: User, password: str) -> None:
        """Every form of the library that changes a password, or sets a forgotten one anew, comes by here."""
        actions.change_password(person=user, password=password)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_device(request, response, user)
        diary.record(actor=user, verb="account.signed_in", subject=user)
        return response

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Tries are counted by address and device, see stakeholders/device.py."""
        email = str(credentials.get("email", "")).lower()
        return f"{email}:{device_of(request, email)}"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are sealed with a key made of SECRET_KEY; those sealed with a former one can still be opened."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Type the six digits your application shows now."),
    }

    def encrypt(self, text: str) -> str:
        return _seals().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seals().decrypt(encrypted_text.encode()).decode()


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Single sign-on lets people in who were invited; it opens no accounts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        return reverse("account")


def _seals() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"second factor:" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
