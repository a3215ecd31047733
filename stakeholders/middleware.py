from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from stakeholders import second_factor
from stakeholders.diary import through_door
from stakeholders.models import User

DOORS = {"api": "api", "admin": "admin"}


class DoorMiddleware:
    """Names the door of everything a request writes into the diary."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first = request.path_info.strip("/").split("/", 1)[0]
        with through_door(DOORS.get(first, "browser")):
            return self.get_response(request)


# What a person reaches who has yet to set up the second factor, or to show it in this session.
WITHOUT_SECOND_FACTOR = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "home",
}


class SecondFactorMiddleware:
    """Officers and administrators do nothing before they have shown a second factor in this session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        person, match = request.user, request.resolver_match
        if not isinstance(person, User) or (match and match.url_name in WITHOUT_SECOND_FACTOR):
            return None
        if not second_factor.needs_second_factor(person) or second_factor.has_proved_it(request, person):
            return None
        if not second_factor.has_second_factor(person):
            return redirect("mfa_activate_totp")
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
