"""Who must prove more than a password, and what this session has proved. Kept apart: it leans on allauth's records."""

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import (
    is_reauthentication_required,
    raise_if_reauthentication_required,
)
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from stakeholders.models import User


def needs_second_factor(user: User) -> bool:
    """Officers and administrators do. The invented people of a demonstration have passwords everybody knows."""
    if settings.DEMONSTRATION and user.is_demonstration:
        return False
    return user.is_officer or user.is_staff


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def has_proved_it(request: HttpRequest, user: User) -> bool:
    """Whether this very session went through the second step; reads the session alone."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


def note_proof(request: HttpRequest, user: User) -> None:
    """Setting the second factor up took a code of it, which proves as much as typing one to sign in."""
    record_authentication(request, user, method="mfa", type=Authenticator.Type.TOTP)


def require_confirmation(request: HttpRequest) -> None:
    """Go on only if the person proved lately who they are.

    If not, the library's exception leads them to the page where they do, and what they sent is done after it.
    """
    raise_if_reauthentication_required(request, app="")


def is_confirmed(request: HttpRequest) -> bool:
    """The same as a question, for doors that lead nowhere."""
    return not is_reauthentication_required(request, app="")
