from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from stakeholders import refusals, second_factor
from stakeholders.api import problems
from stakeholders.diary import through_door
from stakeholders.guards import may_send_files
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


class RefusalMiddleware:
    """Has the diary note from what signed-in people were kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        refusals.note(request, exception)


# What a person reaches who has yet to set up the second factor, or to show it in this session.
WITHOUT_SECOND_FACTOR = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "home",
    "unsubscribe",
}


class SecondFactorMiddleware:
    """Officers and administrators do nothing before they have shown a second factor in this session.

    The API asks for it where it learns who calls (`stakeholders.api.authentication`): no program follows a redirect.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *more: object) -> HttpResponse | None:
        person, match = request.user, request.resolver_match
        if (
            not isinstance(person, User)
            or problems.are_spoken_by(view)
            or (match and match.url_name in WITHOUT_SECOND_FACTOR)
        ):
            return None
        if not second_factor.needs_second_factor(person) or second_factor.has_proved_it(request, person):
            return None
        if not second_factor.has_second_factor(person):
            return redirect("mfa_activate_totp")
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")


class BodyLimitMiddleware:
    """Refuses a request by the length it announces, before a byte of it is read: Django counts no files.

    Stands before whatever reads the body, which is the check against forged requests. A body without a length
    is read as empty.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *arguments: object) -> HttpResponse | None:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        length = int(announced) if announced.isdecimal() else 0
        if length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return None
        limit = settings.UPLOAD_MAX_BYTES if may_send_files(request, view) else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if length <= limit:
            return None
        if problems.are_spoken_by(view):
            return problems.plain(request, "too_large")
        return render(request, "413.html", {"sent": length, "limit": limit}, status=413)
