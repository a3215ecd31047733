"""From what was raised to what is answered. Named in settings alone, since it has the diary note refusals."""

from collections.abc import Iterator, Mapping
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.settings import api_settings

from stakeholders import refusals
from stakeholders.api.problems import KINDS, Problem, Told, answer, fault
from stakeholders.conflicts import Conflict, Stale

OF_LIBRARY: tuple[tuple[type[exceptions.APIException], str], ...] = (
    (exceptions.ParseError, "unreadable"),
    (exceptions.NotAuthenticated, "not_authenticated"),
    (exceptions.AuthenticationFailed, "not_authenticated"),
    (exceptions.PermissionDenied, "forbidden"),
    (exceptions.NotFound, "not_found"),
    (exceptions.MethodNotAllowed, "method_not_allowed"),
    (exceptions.NotAcceptable, "not_acceptable"),
    (exceptions.UnsupportedMediaType, "unsupported_media_type"),
    (exceptions.Throttled, "too_many_requests"),
)


def handle(exception: Exception, context: Mapping[str, Any]) -> JsonResponse | None:
    """REST framework's exception handler. None, and so a page 500 of ours, for what nobody foresaw."""
    request: HttpRequest = context["request"]._request
    told = _told(exception, context["view"])
    if told is None:
        return None
    refusals.note(request, exception)
    return answer(request, told)


def _told(exception: Exception, view: Any) -> Told | None:
    match exception:
        case Problem():
            headers = {"WWW-Authenticate": exception.auth_header} if exception.auth_header else {}
            return Told(exception.kind, exception.detail, exception.errors, headers=headers)
        case Stale():
            return Told(KINDS["stale"], more={"current": view.current_of(exception)})
        case Conflict():
            return Told(KINDS["conflict"], str(exception))
        case ReauthenticationRequired():
            return Told(KINDS["confirmation"])
        case PermissionDenied():
            return Told(KINDS["forbidden"])
        case Http404():
            return Told(KINDS["not_found"])
        case ValidationError():
            return Told(KINDS["validation"], errors=list(_of_django(exception)))
        case exceptions.ValidationError():
            return Told(KINDS["validation"], errors=list(_of_library(exception.detail, "")))
        case exceptions.APIException():
            return _of_api(exception)
    return None


def _of_api(exception: exceptions.APIException) -> Told | None:
    code = next((code for kind, code in OF_LIBRARY if isinstance(exception, kind)), None)
    if code is None:
        return None
    headers = {}
    if header := getattr(exception, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if wait := getattr(exception, "wait", None):
        headers["Retry-After"] = str(int(wait))
    # The library words its own exceptions in English or from its own catalogues; ours are in six languages.
    detail = str(exception.detail) if isinstance(exception, exceptions.ParseError) else ""
    return Told(KINDS[code], detail, headers=headers)


def _of_django(exception: ValidationError) -> Iterator[dict[str, Any]]:
    by_field = exception.error_dict if hasattr(exception, "error_dict") else {NON_FIELD_ERRORS: exception.error_list}
    for name, errors in by_field.items():
        for error in errors:
            for message in error.messages:
                yield fault(None if name == NON_FIELD_ERRORS else name, message, error.code)


def _of_library(detail: Any, name: str) -> Iterator[dict[str, Any]]:
    if isinstance(detail, dict):
        for key, inner in detail.items():
            is_whole = key == api_settings.NON_FIELD_ERRORS_KEY
            yield from _of_library(inner, name if is_whole else f"{name}.{key}".lstrip("."))
    elif isinstance(detail, list):
        for position, inner in enumerate(detail):
            nested = isinstance(inner, (dict, list))
            yield from _of_library(inner, f"{name}.{position}".lstrip(".") if nested else name)
    else:
        yield fault(name or None, str(detail), getattr(detail, "code", None))
