"""Updates, their texts and what happened to them, for those who write and review them."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from progress.models import Evidence, EvidenceKind, Status, UpdateState, Verb, Visibility
from progress.serializers.cycles import TaskShape
from stakeholders.context import absolute
from stakeholders.serializers.shape import ADDRESS_OR_NOTHING, Address, Shape
from stakeholders.serializers.words import Unsaid, Written


class VersionShape(Shape):
    number = serializers.IntegerField()
    author = serializers.CharField(source="author.name", default=None, allow_null=True)
    created_at = serializers.DateTimeField()
    language = serializers.CharField()
    status = serializers.ChoiceField(Status.choices, allow_blank=True)
    narrative = Written()
    obstacles = Written()
    next_steps = Written()
    sources = Written()
    submitted_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    unpublished_at = serializers.DateTimeField(allow_null=True)
    from_published_source = serializers.BooleanField()


class ListedUpdateShape(Shape):
    id = serializers.IntegerField(source="pk")
    url = Address("api_update", "pk")
    assignment = TaskShape()
    state = serializers.ChoiceField(UpdateState.choices)
    version = serializers.IntegerField(help_text=_("Number of the version being worked on."))
    changed_at = serializers.DateTimeField()


class UpdateShape(ListedUpdateShape):
    text = VersionShape(source="newest", allow_null=True, help_text=_("The newest version that the caller may read."))


class TransitionShape(Shape):
    id = serializers.IntegerField(source="pk")
    verb = serializers.ChoiceField(Verb.choices)
    from_state = serializers.ChoiceField(UpdateState.choices)
    to_state = serializers.ChoiceField(UpdateState.choices, source="state_after")
    version = serializers.IntegerField(source="version_number")
    actor = serializers.CharField(source="actor.name", default=None, allow_null=True)
    at = serializers.DateTimeField()
    reason = Unsaid()


class CommentShape(Shape):
    id = serializers.IntegerField(source="pk")
    author = serializers.CharField(source="author.name")
    from_secretariat = serializers.BooleanField()
    at = serializers.DateTimeField()
    text = Unsaid()


class EvidenceShape(Shape):
    """A piece as everyone may see it who may see it at all."""

    id = serializers.IntegerField(source="pk")
    url = Address("api_evidence", "pk")
    update = serializers.IntegerField(source="update_id")  # type: ignore[assignment] # not the method of this name
    kind = serializers.ChoiceField(EvidenceKind.choices)
    title = Written()
    link = serializers.CharField()
    symbol = serializers.CharField()
    file_name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    download = serializers.SerializerMethodField()

    @extend_schema_field(ADDRESS_OR_NOTHING)
    def get_download(self, evidence: Evidence) -> str | None:
        return absolute("api_evidence_file", evidence.pk) if evidence.stored_as else None


class OwnEvidenceShape(EvidenceShape):
    """The same for those who write and review: who will see it, and to which versions it belongs."""

    visibility = serializers.ChoiceField(Visibility.choices)
    from_version = serializers.IntegerField()
    until_version = serializers.IntegerField(allow_null=True)
