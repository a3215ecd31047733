from rest_framework import serializers

from stakeholders.serializers.shape import Shape


class FaultShape(Shape):
    field = serializers.CharField(allow_null=True)
    message = serializers.CharField()
    rule = serializers.CharField()
    value = serializers.CharField(required=False)


class ProblemShape(Shape):
    """What is wrong, as RFC 9457 has it. Programs go by `code`, people read `title`, `detail` and the errors."""

    type = serializers.URLField()
    code = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    instance = serializers.CharField()
    detail = serializers.CharField(required=False)
    errors = FaultShape(many=True, required=False)  # type: ignore[assignment] # not the property of this name
    current = serializers.JSONField(required=False)
