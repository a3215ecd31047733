"""Who may come to a route. What a route shows is narrowed further by its queries."""

from collections.abc import Callable
from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from stakeholders.guards import Refused
from stakeholders.models import User
from stakeholders.policies import Visitor, is_officer


class Everyone(BasePermission):
    """Published data needs no account."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return True


class SignedIn(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.user, User)


def hidden_unless(may: Callable[[Visitor], bool]) -> type[BasePermission]:
    """To everybody else who has signed in, the address does not exist."""

    class OnlyWhoMay(SignedIn):
        def has_permission(self, request: Request, view: Any) -> bool:
            if not super().has_permission(request, view):
                return False
            if not may(request.user):
                raise Refused
            return True

    return OnlyWhoMay


OfficersOnly = hidden_unless(is_officer)
