"""What all views of the API are made of."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from stakeholders.api import conditions, languages, parameters
from stakeholders.api.access import Everyone
from stakeholders.api.paging import MOST, Paging
from stakeholders.api.parameters import Parameter
from stakeholders.api.throttling import Rate
from stakeholders.conflicts import Stale
from stakeholders.serializers.shape import Shape

PAGE = {
    "cursor": parameters.text(_("Where the page begins: taken from `next` or `previous` of another answer.")),
    "limit": parameters.whole(_("Rows a page; 50 without it."), most=MOST),
}


class ApiView(APIView):
    """Answers in the caller's language, with an ETag, and refuses parameters it does not know."""

    shape: ClassVar[type[Shape]]
    operation: ClassVar[str]
    summary: ClassVar[str | Promise]
    parameters: ClassVar[Mapping[str, Parameter]] = {}
    is_described: ClassVar[bool] = True  # in the schema
    is_kept: ClassVar[bool] = True  # for everyone who needs no account, until something is published

    rate: Rate | None = None
    version: int | None = None
    asked: dict[str, Any]

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        view = super().as_view(**initkwargs)
        view.speaks_problems = True  # type: ignore[attr-defined] # a mark for middleware, as Django marks its views
        if cls.is_kept and Everyone in cls.permission_classes:
            view.kept_with = frozenset(cls().known_parameters)  # type: ignore[attr-defined] # read by the page cache
        return view

    @property
    def known_parameters(self) -> dict[str, Parameter]:
        return {**self.parameters, "fields": parameters.fields_of(self.shape().fields)}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = languages.chosen(request)
        with translation.override(language.code):
            response = super().dispatch(request, *args, **kwargs)
            if isinstance(response, Response):
                response.render()
        languages.say_so(response, language)
        for name, value in (self.rate.headers if self.rate else {}).items():
            response.headers[name] = value
        return conditions.answered(request, response, self.version)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not hasattr(self, (request.method or "").lower()):
            return  # and 405 follows, whatever the address asks
        known = self.known_parameters if request.method in ("GET", "HEAD") else {}
        self.asked = parameters.read_all(request.query_params, known)

    def shown(self, record: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
        self.version = self.version_of(record)
        return Response(self.shaped(record).data, status=status, headers=dict(headers or {}))

    def shaped(self, record: Any, *, many: bool = False) -> Any:
        context = {"request": self.request, "fields": self.asked.get("fields")}
        return self.shape(record, many=many, context=context)

    def version_of(self, record: Any) -> int | None:
        """The number that If-Match must name to write on this record; None for records without versions."""
        return None

    def current_of(self, stale: Stale) -> Any:
        """What a problem “stale” shows of what was saved meanwhile."""
        return self.shape(stale.current, context={"request": self.request}).data


class FileView(ApiView):
    """GET gives a file of one of the `media_types`; whatever else is said is said in JSON."""

    media_types: ClassVar[tuple[str, ...]]
    is_kept = False

    @property
    def known_parameters(self) -> dict[str, Parameter]:
        return {}

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """The address says what is had there."""
        return super().perform_content_negotiation(request, force=True)


class ListView(ApiView):
    """GET gives a page of the rows the caller may see."""

    order: ClassVar[tuple[str, ...]] = ("pk",)

    @property
    def known_parameters(self) -> dict[str, Parameter]:
        return {**super().known_parameters, **PAGE}

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError

    def get(self, request: Request, **kwargs: Any) -> Response:
        paging = Paging()
        rows = paging.page_of(self.rows(), request, self)
        return paging.get_paginated_response(self.shaped(rows, many=True).data)


class RecordView(ApiView):
    """GET gives the one record that the address names."""

    def record(self) -> Model:
        raise NotImplementedError

    def get(self, request: Request, **kwargs: Any) -> Response:
        return self.shown(self.record())
