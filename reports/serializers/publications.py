"""What everyone may read: who was asked, what was published, what the Secretariat made of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from progress.models import AssignmentKind, Rating, Status
from progress.serializers.assessments import ReplyShape
from progress.serializers.cycles import TaskShape
from progress.serializers.updates import EvidenceShape
from reports.queries import PublishedUpdate
from stakeholders.context import absolute
from stakeholders.serializers.shape import Shape
from stakeholders.serializers.words import TEXT_OR_NOTHING, Written, worded

KINDS = ("same", "original", "signed", "draft", "machine")


class AssignmentShape(TaskShape):
    """With what is public on it: no status where nothing is."""

    status = serializers.ChoiceField(Status.choices, source="told", allow_null=True)


@extend_schema_field(TEXT_OR_NOTHING)
class Shown(serializers.Field[Any, Any, Any, Any]):
    """A part of a published text in the language of the answer where it has been translated."""

    def __init__(self) -> None:
        super().__init__(read_only=True, source="text")

    def to_representation(self, value: Any) -> dict[str, Any] | None:
        assert self.field_name
        return worded(getattr(value, self.field_name), value.language)


class PublicationShape(Shape):
    """One published text. It never changes; a later one may take its place."""

    id = serializers.IntegerField(source="version.pk")
    url = serializers.SerializerMethodField()
    page = serializers.SerializerMethodField()
    update = serializers.IntegerField(source="version.update_id")  # type: ignore[assignment] # not the method of this name
    number = serializers.IntegerField(source="version.number")
    cycle = serializers.CharField(source="cycle.key")
    commitment = serializers.CharField(source="commitment.uid")
    stakeholder = serializers.CharField(source="stakeholder.code")
    kind = serializers.ChoiceField(AssignmentKind.choices, source="version.update.assignment.kind")
    status = serializers.ChoiceField(Status.choices, source="version.status")
    narrative = Shown()
    obstacles = Shown()
    next_steps = Shown()
    sources = Shown()
    original_language = serializers.CharField(source="text.original.html_lang")
    translation = serializers.ChoiceField(
        [(kind, kind) for kind in KINDS],
        source="text.kind",
        help_text=_("`same`: as it was written; `original`: not translated; else who stands for the translation."),
    )
    from_published_source = serializers.BooleanField(source="version.from_published_source")
    published_at = serializers.DateTimeField(source="version.published_at")
    unpublished_at = serializers.DateTimeField(source="version.unpublished_at", allow_null=True)
    evidence = EvidenceShape(many=True, source="version.public_evidence")

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, one: PublishedUpdate) -> str:
        return absolute("api_publication", one.version.pk)

    @extend_schema_field(OpenApiTypes.URI)
    def get_page(self, one: PublishedUpdate) -> str:
        return absolute("version", one.version.pk)


class PublishedAssessmentShape(Shape):
    id = serializers.IntegerField(source="pk")
    assignment = TaskShape(source="assessment.assignment")
    number = serializers.IntegerField()
    rating = serializers.ChoiceField(Rating.choices)
    reason = Written()
    sources = Written()
    published_at = serializers.DateTimeField()
    reply = ReplyShape(allow_null=True)
