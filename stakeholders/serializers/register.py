"""Stakeholders and what they are, as the API tells it."""

from rest_framework import serializers

from stakeholders.models import AppointmentRole, CapacityKind, RegionalGroup, StakeholderKind, Standing
from stakeholders.serializers.shape import Address, Shape
from stakeholders.serializers.words import Translated


class StakeholderShape(Shape):
    id = serializers.CharField(source="code")
    url = Address("api_stakeholder", "code")
    page = Address("stakeholder", "code")
    kind = serializers.ChoiceField(StakeholderKind.choices)
    name = Translated()
    formal_name = Translated()
    acronym = Translated()
    iso_alpha2 = serializers.CharField()
    iso_alpha3 = serializers.CharField()
    m49 = serializers.CharField()
    regional_group = serializers.ChoiceField(RegionalGroup.choices)
    is_active = serializers.BooleanField()
    is_demonstration = serializers.BooleanField()


class CapacityShape(Shape):
    id = serializers.IntegerField(source="pk")
    stakeholder = serializers.CharField(source="stakeholder.code")
    kind = serializers.ChoiceField(CapacityKind.choices)
    standing = serializers.ChoiceField(Standing.choices)
    mission = serializers.CharField(source="mission.code", default=None, allow_null=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment] # not the method of this name
    source_date = serializers.CharField()
    is_confirmed = serializers.BooleanField()


class AppointmentShape(Shape):
    id = serializers.IntegerField(source="pk")
    stakeholder = serializers.CharField(source="stakeholder.code")
    role = serializers.ChoiceField(AppointmentRole.choices)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)


class DiaryShape(Shape):
    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    actor = serializers.IntegerField(source="actor_id", allow_null=True)
    verb = serializers.CharField()
    subject_type = serializers.CharField()
    subject_id = serializers.CharField()
    door = serializers.CharField()
    detail = serializers.JSONField()
    previous_hash = serializers.CharField()
    hash = serializers.CharField()
