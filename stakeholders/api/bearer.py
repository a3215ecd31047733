"""Programs show a token instead of a password."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.request import Request

from stakeholders import actions, second_factor
from stakeholders.api.problems import Problem
from stakeholders.models import Token, User

SCHEME = "Bearer"
LONGEST = 200


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer …`. A request with one is judged by it alone: a session beside it counts for nothing."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != SCHEME.lower().encode():
            return None
        token = actions.token_behind(_readable(secret.strip()))
        if token is None:
            raise self._refusal(_("This token does not exist, has run out or was ended."))
        person = token.person
        if second_factor.needs_second_factor(person) and not second_factor.has_second_factor(person):
            raise self._refusal(_("Tokens of the Secretariat work once their owner has set up the second factor."))
        return person, token

    def authenticate_header(self, request: Request | None = None) -> str:
        return f'{SCHEME} realm="api"'

    def _refusal(self, words: str | Promise) -> Problem:
        problem = Problem("not_authenticated", words)
        problem.auth_header = f'{self.authenticate_header()}, error="invalid_token"'
        return problem


def _readable(secret: bytes) -> str:
    """No token holds other characters than these; what is longer is not worth a digest."""
    return secret.decode("ascii", errors="replace") if len(secret) <= LONGEST else ""
