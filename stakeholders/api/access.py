"""Who may come to a route. What a route shows is narrowed further by its queries."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from stakeholders.guards import Refused
from stakeholders.models import User
from stakeholders.policies import is_officer


class Everyone(BasePermission):
    """Published data needs no account."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return True


class SignedIn(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.user, User)


class OfficersOnly(SignedIn):
    """To everybody else who has signed in, the address does not exist."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not super().has_permission(request, view):
            return False
        if not is_officer(request.user):
            raise Refused
        return True
