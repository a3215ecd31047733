"""What the bodies of writing hold, in the words of the browser's forms."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from progress.actions import DATA_SETS
from progress.models import (
    Assessment,
    AssessmentState,
    CycleScope,
    EvidenceKind,
    Rating,
    Status,
    UpdateState,
    UpdateVersion,
    Visibility,
)
from progress.models.reminder_plan import PLANNED_KINDS
from stakeholders import languages
from stakeholders.api.shapes import Body, Strict
from stakeholders.serializers.shape import Shape

MOST = 2**31 - 1  # larger numbers name nothing here


class UpdateText(Strict):
    """The whole text; a field that is left out is empty."""

    language = serializers.ChoiceField(languages.CHOICES)
    status = serializers.ChoiceField(Status.choices, required=False, allow_blank=True, default="")
    narrative = Body(required=False, allow_blank=True, default="", max_length=10_000)
    obstacles = Body(required=False, allow_blank=True, default="", max_length=5_000)
    next_steps = Body(required=False, allow_blank=True, default="", max_length=5_000)
    sources = Body(required=False, allow_blank=True, default="", max_length=2_000)


class UpdateToSubmit(UpdateText):
    """The text to be submitted; without any field, the text as it was last saved."""

    language = serializers.ChoiceField(languages.CHOICES, required=False)


class Reason(Strict):
    reason = Body(max_length=2_000)


class EvidencePiece(Strict):
    """One of a file, a link and a document symbol."""

    title = serializers.CharField(required=False, allow_blank=True, default="", max_length=200)
    visibility = serializers.ChoiceField(Visibility.choices, required=False, default=Visibility.REVIEW)
    link = serializers.CharField(required=False, allow_blank=True, default="", max_length=1_000)
    symbol = serializers.CharField(required=False, allow_blank=True, default="", max_length=60)
    file = serializers.FileField(required=False, allow_empty_file=True, max_length=None)


class NewImport(Strict):
    data_set = serializers.ChoiceField([(name, one.dataset.title) for name, one in DATA_SETS.items()])
    file = serializers.FileField(allow_empty_file=True, max_length=None)
    key = serializers.UUIDField(
        required=False, help_text=_("Your own name for this import: sent again, it is the same.")
    )


class CommentText(Strict):
    text = Body(max_length=3_000)


class Chosen(Strict):
    """Drafts to submit as they were last saved."""

    updates = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MOST), min_length=1, max_length=200
    )


class ReadVersion(Strict):
    id = serializers.IntegerField(min_value=1, max_value=MOST)
    version = serializers.IntegerField(
        min_value=1, max_value=MOST, help_text=_("The number of the text that was read.")
    )


class Decisions(Strict):
    decision = serializers.ChoiceField(["accept", "publish"])
    updates = serializers.ListField(child=ReadVersion(), min_length=1, max_length=200)


class AssessmentText(Strict):
    language = serializers.ChoiceField(languages.CHOICES)
    rating = serializers.ChoiceField(Rating.choices)
    reason = Body(max_length=5_000)
    sources = Body(required=False, allow_blank=True, default="", max_length=2_000)


class ReplyText(Strict):
    language = serializers.ChoiceField(languages.CHOICES)
    text = Body(max_length=5_000)


class Typed(Strict):
    """What is typed, sound or not: it is only kept, and only for who typed it."""

    based_on = serializers.IntegerField(min_value=0, max_value=MOST)
    language = serializers.ChoiceField(languages.CHOICES)
    status = serializers.ChoiceField(Status.choices, required=False, allow_blank=True, default="")
    narrative = serializers.CharField(required=False, allow_blank=True, default="", trim_whitespace=False)
    obstacles = serializers.CharField(required=False, allow_blank=True, default="", trim_whitespace=False)
    next_steps = serializers.CharField(required=False, allow_blank=True, default="", trim_whitespace=False)
    sources = serializers.CharField(required=False, allow_blank=True, default="", trim_whitespace=False)


class NewCycle(Strict):
    year = serializers.IntegerField(min_value=2018, max_value=2100)
    quarter = serializers.IntegerField(min_value=1, max_value=4)
    scope = serializers.ChoiceField(CycleScope.choices, required=False, default=CycleScope.EVERYONE)


class Extent(Strict):
    """Whom to remind: those of one area, of one owner kind, one stakeholder; without any, everybody silent."""

    area = serializers.SlugField(required=False)
    owner = serializers.SlugField(required=False)
    stakeholder = serializers.SlugField(required=False)


class Plan(Strict):
    """For each owner kind the days before and, with a minus, after the due date: "14, 7, 1, -3"."""

    def get_fields(self) -> dict[str, Any]:
        return {
            kind: serializers.CharField(required=False, allow_blank=True, max_length=100) for kind, _ in PLANNED_KINDS
        }


class Piece(Shape):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(EvidenceKind.choices)
    title = serializers.CharField()
    visibility = serializers.ChoiceField(Visibility.choices)
    link = serializers.CharField()
    symbol = serializers.CharField()
    file_name = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()


class Working(Shape):
    """One text of an update. `version` numbers it; what is based on it names that number in If-Match."""

    id = serializers.IntegerField(source="update_id")
    assignment = serializers.IntegerField(source="update.assignment_id")
    state = serializers.ChoiceField(UpdateState.choices, source="update.state")
    changed_at = serializers.DateTimeField(source="update.changed_at")
    version = serializers.IntegerField(source="number")
    text = serializers.SerializerMethodField()
    evidence = Piece(many=True)

    @extend_schema_field(UpdateText)
    def get_text(self, version: UpdateVersion) -> dict[str, str]:
        return version.content


class Assessed(Shape):
    """The text of an assessment that is being worked on."""

    assignment = serializers.IntegerField(source="assignment_id")
    state = serializers.ChoiceField(AssessmentState.choices)
    changed_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    text = serializers.SerializerMethodField()

    @extend_schema_field(AssessmentText)
    def get_text(self, assessment: Assessment) -> dict[str, str]:
        return assessment.versions.get(number=assessment.version).content


class Replied(Shape):
    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    author = serializers.CharField(source="author.name")
    language = serializers.ChoiceField(languages.CHOICES)
    text = serializers.CharField()


class Refusal(Shape):
    id = serializers.IntegerField(source="update.pk")
    reason = serializers.CharField()


class Outcome(Shape):
    """How many were taken, and why each of the others was not."""

    done = serializers.IntegerField()
    refused = Refusal(many=True)


class RemindedCount(Shape):
    stakeholders = serializers.IntegerField()
    people = serializers.IntegerField()
    unreachable = serializers.IntegerField()
    unsubscribed = serializers.IntegerField()


class PlanShape(Shape):
    """Owner kind -> the days of the plan."""

    def get_fields(self) -> dict[str, Any]:
        return {kind: serializers.CharField() for kind, _label in PLANNED_KINDS}
