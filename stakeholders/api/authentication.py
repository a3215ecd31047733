"""Who calls. Every way of saying so ends in `admitted`, so that none goes round the second factor.

Tokens are another class beside this one, named first in settings.REST_FRAMEWORK.
"""

from django.http import HttpRequest
from rest_framework import authentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from stakeholders import second_factor
from stakeholders.api.problems import Problem
from stakeholders.models import User


class SessionAuthentication(authentication.SessionAuthentication):
    """The session of the browser; whatever writes must bear its CSRF token."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        person = getattr(request._request, "user", None)
        if not isinstance(person, User) or not person.is_active:
            return None
        self.enforce_csrf(request)
        require_second_factor(request._request, person)
        return person, None

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise Problem("forbidden", str(error.detail)) from error

    def authenticate_header(self, request: Request) -> str:
        return 'Session realm="api"'


def require_second_factor(request: HttpRequest, person: User) -> None:
    """Officers and administrators do nothing before they have shown a second factor in this session."""
    if second_factor.needs_second_factor(person) and not second_factor.has_proved_it(request, person):
        raise Problem("second_factor")
