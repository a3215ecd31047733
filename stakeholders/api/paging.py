"""Long lists by pages: each answer leads to the next by a cursor that stays true while rows come and go."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders.api.problems import Problem, fault

DEFAULT, MOST = 50, 100


class Paging(CursorPagination):
    page_size = DEFAULT
    max_page_size = MOST
    page_size_query_param = "limit"

    def page_of(self, queryset: QuerySet[Any], request: Request, view: Any) -> list[Any]:
        """The rows of the page that the address names. Raises Problem for a cursor that is none of ours."""
        try:
            rows: list[Any] = self.paginate_queryset(queryset, request, view) or []
        except (NotFound, ValueError, ValidationError) as error:
            if self.cursor_query_param not in request.query_params:
                raise
            # Unreadable, or readable with a place in it that is none: no number, no date, no text of the database.
            wrong = fault("cursor", _("This is no cursor that an answer of this list has given."), "cursor")
            raise Problem("validation", errors=[wrong]) from error
        # Links are kept with the answer and must not depend on the name by which somebody called this host.
        self.base_url = f"{settings.SITE_ADDRESS}{request.get_full_path()}"
        return rows

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        return tuple(view.order)

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.get_next_link(), "previous": self.get_previous_link(), "results": data})
