"""What an answer says when something is wrong: problem details (RFC 9457) in the caller's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stakeholders.api import languages

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """`code` never changes: programs go by it."""

    code: str
    status: int
    title: str | Promise


KINDS = {
    kind.code: kind
    for kind in (
        Kind("validation", 400, _("What was sent is not sound.")),
        Kind("unreadable", 400, _("What was sent cannot be read.")),
        Kind("unknown_parameter", 400, _("The address has a parameter that is not known here.")),
        Kind("not_authenticated", 401, _("Say who you are first.")),
        Kind("forbidden", 403, _("You may not do this.")),
        Kind("second_factor", 403, _("Show your second factor first.")),
        Kind("confirmation", 403, _("Confirm once more who you are.")),
        Kind("not_found", 404, _("There is no such thing, or it is not for you to see.")),
        Kind("method_not_allowed", 405, _("This cannot be done at this address.")),
        Kind("not_acceptable", 406, _("Answers are given as JSON only.")),
        Kind("conflict", 409, _("This step is not possible any more.")),
        Kind("stale", 412, _("Somebody else has saved another version meanwhile.")),
        Kind("key_used", 422, _("This Idempotency-Key was used for another request. Take a new one.")),
        Kind("too_large", 413, _("What was sent is too large.")),
        Kind("unsupported_media_type", 415, _("What was sent is of a kind that is not taken here.")),
        Kind("precondition_required", 428, _("Say on which version this is based.")),
        Kind("too_many_requests", 429, _("Too many requests. Wait a while.")),
        Kind("server_error", 500, _("Something went wrong on our side.")),
        Kind("unavailable", 503, _("The service does not answer just now. Try again in a while.")),
    )
}


class Problem(Exception):
    """For views and authentication: a problem of a known kind, with what more there is to say."""

    def __init__(self, code: str, detail: str | Promise = "", *, errors: list[dict[str, Any]] | None = None) -> None:
        super().__init__(code)
        self.kind, self.detail, self.errors = KINDS[code], detail, errors or []
        self.auth_header: str | None = None


@dataclass(frozen=True)
class Told:
    """Everything the answer will say."""

    kind: Kind
    detail: str | Promise = ""
    errors: list[dict[str, Any]] = field(default_factory=list)
    more: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def are_spoken_by(view: Callable[..., Any]) -> bool:
    """Whether a view answers with problem details, and learns by itself who calls."""
    return getattr(view, "speaks_problems", False)


def plain(request: HttpRequest, code: str, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """For what no view of the API answers: in the caller's language."""
    language = languages.chosen(request)
    with translation.override(language.code):
        response = answer(request, Told(KINDS[code], headers=headers or {}))
    languages.say_so(response, language)
    return response


def body_of(kind: Kind, path: str) -> dict[str, Any]:
    return {
        "type": f"{settings.SITE_ADDRESS}/api/v1/docs/#problem-{kind.code}",
        "code": kind.code,
        "title": str(kind.title),
        "status": kind.status,
        "instance": path,
    }


def answer(request: HttpRequest, told: Told) -> JsonResponse:
    kind = told.kind
    body = {**body_of(kind, request.path), **told.more}
    if told.detail:
        body["detail"] = str(told.detail)
    if told.errors:
        body["errors"] = told.errors
    response = JsonResponse(body, status=kind.status, headers=told.headers, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = CONTENT_TYPE
    response["Cache-Control"] = "no-store"
    return response


def fault(name: str | None, message: str, rule: str | None) -> dict[str, Any]:
    """One thing that is wrong: with which field (None: with all of it), in words, and by which rule."""
    return {"field": name, "message": message, "rule": rule or "invalid"}
