"""Cycles and what is asked in them, as the API tells it."""

from rest_framework import serializers

from progress.models import AssignmentKind, CycleScope, CycleState, UpdateState
from stakeholders.serializers.shape import Address, Shape


class CycleShape(Shape):
    id = serializers.CharField(source="key")
    url = Address("api_cycle", "key")
    page = Address("cycle", "key")
    year = serializers.IntegerField()
    quarter = serializers.IntegerField()
    scope = serializers.ChoiceField(CycleScope.choices)
    state = serializers.ChoiceField(CycleState.choices)
    opens_on = serializers.DateField()
    due_on = serializers.DateField()
    closes_on = serializers.DateField()


class TaskShape(Shape):
    """What a stakeholder was asked."""

    id = serializers.IntegerField(source="pk")
    cycle = serializers.CharField(source="cycle.key")
    commitment = serializers.CharField(source="commitment.uid")
    stakeholder = serializers.CharField(source="stakeholder.code")
    kind = serializers.ChoiceField(AssignmentKind.choices)
    asked_on = serializers.DateField()


class BriefUpdateShape(Shape):
    id = serializers.IntegerField(source="pk")
    url = Address("api_update", "pk")
    state = serializers.ChoiceField(UpdateState.choices)
    version = serializers.IntegerField()


class OwnTaskShape(TaskShape):
    """The same for those who answer: with what has been written so far."""

    update = BriefUpdateShape(allow_null=True, default=None)  # type: ignore[assignment] # not the method of this name
