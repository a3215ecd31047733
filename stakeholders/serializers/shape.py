from collections.abc import Collection
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from stakeholders.context import absolute

ADDRESS_OR_NOTHING = {"type": ["string", "null"], "format": "uri"}


class Shape(serializers.Serializer[Any]):
    """What a record looks like in an answer. The view may ask for some of the fields only."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        wanted: Collection[str] | None = self.context.get("fields") if self.is_outermost else None
        return {name: field for name, field in fields.items() if name in wanted} if wanted else fields

    @property
    def is_outermost(self) -> bool:
        above = getattr(self, "parent", None)
        return above is None or (isinstance(above, serializers.ListSerializer) and above.parent is None)


@extend_schema_field(OpenApiTypes.URI)
class Address(serializers.Field[Any, Any, Any, Any]):
    """Where a record is to be had: the route's name, and the attribute of the record that stands in its address."""

    def __init__(self, route: str, attribute: str, **kwargs: Any) -> None:
        self.route, self.attribute = route, attribute
        super().__init__(read_only=True, source="*", **kwargs)

    def to_representation(self, value: Any) -> str:
        for name in self.attribute.split("."):
            value = getattr(value, name)
        return absolute(self.route, value)
