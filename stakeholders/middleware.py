from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from stakeholders.diary import through_door

DOORS = {"api": "api", "admin": "admin"}


class DoorMiddleware:
    """Names the door of everything a request writes into the diary."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first = request.path_info.strip("/").split("/", 1)[0]
        with through_door(DOORS.get(first, "browser")):
            return self.get_response(request)
