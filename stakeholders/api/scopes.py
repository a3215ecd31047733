"""What a token may be used for; never more than its person may do."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from stakeholders.api.problems import Problem
from stakeholders.models import Token, TokenScope


class HoldsScope(BasePermission):
    """Reading takes the least scope, writing what the view names in `scope`; a session holds all of them."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.method not in SAFE_METHODS:
            require_scope(request, view.scope)
        return True


def require_scope(request: Request, scope: TokenScope) -> None:
    token: Any = request.auth
    if isinstance(token, Token) and not TokenScope(token.scope).holds(scope):
        raise Problem("forbidden", _("The scope of this token does not allow this."))
