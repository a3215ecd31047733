from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders.api.access import Everyone
from stakeholders.api.base import ApiView
from stakeholders.api.parameters import Parameter
from stakeholders.api.schema import described
from stakeholders.context import current_language


class Description(ApiView):
    """The OpenAPI description itself, worded in the language of the answer."""

    permission_classes = [Everyone]
    is_described = False

    @property
    def known_parameters(self) -> dict[str, Parameter]:
        return {}

    def get(self, request: Request) -> Response:
        return Response(described(current_language().code))
