"""The description of the API for machines: OpenAPI 3.1, made from the views themselves."""

import inspect
from functools import lru_cache
from typing import Any, Literal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

from stakeholders.api import problems
from stakeholders.api.access import Everyone
from stakeholders.api.base import ListView
from stakeholders.languages import LANGUAGES
from stakeholders.serializers.problem import ProblemShape

Location = Literal["query", "header"]
PREFIX = "/api/v1/"
VERBS = {"GET": "read", "POST": "make", "PUT": "save", "PATCH": "change", "DELETE": "remove"}
ALWAYS = {"unknown_parameter", "not_authenticated", "second_factor", "not_acceptable", "too_many_requests"}
ALWAYS |= {"server_error", "unavailable"}
READING = {"validation"}
WRITING = {"validation", "unreadable", "forbidden", "confirmation", "not_found", "conflict"}
WRITING |= {"too_large", "unsupported_media_type"}
VERSIONED, KEYED = {"stale", "precondition_required"}, {"key_used"}
IF_MATCH = gettext_lazy("ETag of the version that you have read.")
KEY = gettext_lazy("A word of your own for this very request: sent again, it is done once.")


class ApiSchema(AutoSchema):
    """Says of a view what the view says of itself. Of docstrings only those of methods that write reach the outside."""

    view: Any  # an ApiView

    @property
    def writes(self) -> bool:
        return self.method != "GET"

    @property
    def is_versioned(self) -> bool:
        return self.writes and getattr(self.view, "is_versioned", False)

    @property
    def takes_key(self) -> bool:
        return getattr(getattr(self.view, self.method.lower()), "takes_key", False)

    def is_excluded(self) -> bool:
        return not getattr(self.view, "is_described", False)

    def get_operation_id(self) -> str:
        name: str = self.view.operation
        others = [method for method in VERBS if method != self.method and hasattr(self.view, method.lower())]
        return f"{name}_{VERBS[self.method]}" if others else name

    def get_summary(self) -> str:
        return str(self.view.summary)

    def get_description(self) -> str:  # type: ignore[override] # the library's own class says so too
        return inspect.getdoc(getattr(self.view, self.method.lower())) or "" if self.writes else ""

    def get_tags(self) -> list[str]:
        first = self.path.removeprefix(PREFIX).split("/", 1)[0]
        return [first or "index"]

    def get_auth(self) -> list[dict[str, Any]]:
        schemes: list[dict[str, Any]] = super().get_auth()
        is_open = Everyone in self.view.permission_classes and not self.writes
        return [*schemes, {}] if is_open else schemes

    def get_override_parameters(self) -> list[Any]:
        language = {"type": "string", "examples": [language.html_lang for language in LANGUAGES]}
        found = [_parameter("Accept-Language", language, "header", _("Language of the answer."))]
        if self.writes:
            headers = {"If-Match": IF_MATCH} if self.is_versioned else {}
            headers |= {"Idempotency-Key": KEY} if self.takes_key else {}
            found += [_parameter(name, {"type": "string"}, "header", words) for name, words in headers.items()]
        else:
            for name, parameter in self.view.known_parameters.items():
                found.append(_parameter(name, parameter.schema, "query", parameter.description))
        return found

    def get_request_serializer(self) -> Any:
        return getattr(self.view, "takes", None)

    def get_response_serializers(self) -> Any:
        is_page = isinstance(self.view, ListView) and not self.writes
        shape = self._page() if is_page else getattr(self.view, "shape", None)
        answers: dict[Any, Any] = {200: shape}
        if kinds := getattr(self.view, "media_types", ()):
            answers = {(200, kind): OpenApiTypes.BINARY for kind in kinds}
        if self.writes and getattr(self.view, "is_silent", False):
            answers = {204: OpenApiResponse(description=_("Done; there is nothing to say."))}
        elif self.writes:
            answers[201] = shape
        else:
            answers[304] = OpenApiResponse(description=_("Nothing has changed since the answer with this ETag."))
        by_status: dict[int, list[problems.Kind]] = {}
        for kind in self._refused():
            by_status.setdefault(kind.status, []).append(kind)
        for status, kinds in sorted(by_status.items()):
            answers[status, problems.CONTENT_TYPE] = _refusal(kinds)
        return answers

    def _refused(self) -> list[problems.Kind]:
        codes = ALWAYS | (WRITING if self.writes else READING)
        codes |= VERSIONED if self.is_versioned else set()
        codes |= KEYED if self.takes_key else set()
        if "{" in self.path or Everyone not in self.view.permission_classes:
            codes.add("not_found")
        return [kind for code, kind in problems.KINDS.items() if code in codes]

    def _page(self) -> Any:
        name = self.view.shape.__name__.removesuffix("Shape")
        fields = {
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": self.view.shape(many=True),
        }
        return inline_serializer(f"PageOf{name}", fields)

    def _get_serializer_name(self, serializer: Any, direction: Any, bypass_extensions: bool = False) -> str:
        name: str = super()._get_serializer_name(serializer, direction, bypass_extensions)
        return name.removesuffix("Shape")


def _parameter(name: str, schema: Any, location: Location, description: Any) -> OpenApiParameter:
    kind = dict(schema)
    if kind.get("type") == "array":
        return OpenApiParameter(name, kind, location, description=str(description), style="form", explode=False)
    return OpenApiParameter(name, kind, location, description=str(description))


def _refusal(kinds: list[problems.Kind]) -> OpenApiResponse:
    examples = [OpenApiExample(kind.code, value=problems.body_of(kind, PREFIX)) for kind in kinds]
    words = " ".join(str(kind.title) for kind in kinds)
    return OpenApiResponse(ProblemShape, description=words, examples=examples)


class Session(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # it registers itself
    target_class = "stakeholders.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class Token(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # as above
    target_class = "stakeholders.api.bearer.BearerAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer"}


@lru_cache(maxsize=len(LANGUAGES))
def described(language: str) -> dict[str, Any]:
    """The whole description, worded in the active language, which `language` names."""
    whole: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call] # carries no types
    return whole
