"""The Secretariat's assessments and the replies to them."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from progress.models import AssessmentState, Rating
from progress.serializers.cycles import TaskShape
from stakeholders.serializers.shape import Address, Shape
from stakeholders.serializers.words import Written


class ReplyShape(Shape):
    at = serializers.DateTimeField()
    language = serializers.CharField()
    text = Written()


class AssessmentVersionShape(Shape):
    number = serializers.IntegerField()
    language = serializers.CharField()
    rating = serializers.ChoiceField(Rating.choices)
    reason = Written()
    sources = Written()
    shown_at = serializers.DateTimeField(allow_null=True)
    reply_until = serializers.DateField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    reply = ReplyShape(allow_null=True)


class ListedAssessmentShape(Shape):
    id = serializers.IntegerField(source="pk")
    url = Address("api_assessment", "pk")
    assignment = TaskShape()
    state = serializers.ChoiceField(AssessmentState.choices)
    version = serializers.IntegerField(help_text=_("Number of the version being worked on."))
    changed_at = serializers.DateTimeField()


class AssessmentShape(ListedAssessmentShape):
    text = AssessmentVersionShape(
        source="newest",
        allow_null=True,
        help_text=_("The newest version that the caller may read, with the reply to it."),
    )
