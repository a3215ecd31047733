"""What bodies are read with. They judge the shape alone; what may be said is the actions' to judge."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from stakeholders import languages
from stakeholders.models import AppointmentRole, Duty
from stakeholders.serializers.shape import Shape
from stakeholders.text import clean_body


class Body(serializers.CharField):
    """Several lines of text, brought to their stored form before they are measured."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"trim_whitespace": False, **kwargs})

    def to_internal_value(self, data: Any) -> str:
        return clean_body(super().to_internal_value(data))


class Strict(serializers.Serializer[Any]):
    """A field that is misspelt is refused rather than passed over in silence."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = set(data) - set(self.fields)
            if unknown:
                raise serializers.ValidationError({name: [_("There is no such field.")] for name in sorted(unknown)})
        return super().to_internal_value(data)


class Nothing(Strict):
    """A step that needs no words."""


class Person(Strict):
    """A person by e-mail address; name and language count for those who have no account yet."""

    email = serializers.EmailField(max_length=254)
    name = serializers.CharField(max_length=150)
    language = serializers.ChoiceField(languages.CHOICES)


class NewAppointment(Person):
    role = serializers.ChoiceField(AppointmentRole.choices)
    ends_on = serializers.DateField(required=False, allow_null=True, default=None, help_text=_("The last day."))


class Approval(Strict):
    needed = serializers.BooleanField(help_text=_("Whether an approver agrees before the Secretariat sees an update."))


class Preferences(Strict):
    language = serializers.ChoiceField(languages.CHOICES)
    time_zone = serializers.CharField(max_length=50)
    wants_digests = serializers.BooleanField()


class Invite(Strict):
    instead_of = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=2**31 - 1,
        help_text=_("The invitation that is replaced."),
    )


class Appointed(Shape):
    id = serializers.IntegerField()
    stakeholder = serializers.CharField(source="stakeholder.code")
    person = serializers.IntegerField(source="person_id")
    name = serializers.CharField(source="person.name")
    email = serializers.CharField(source="person.email")
    role = serializers.ChoiceField(AppointmentRole.choices)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class Account(Shape):
    id = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.CharField()
    language = serializers.ChoiceField(languages.CHOICES)
    time_zone = serializers.CharField()
    wants_digests = serializers.BooleanField()
    duty = serializers.ChoiceField(Duty.choices)
    is_active = serializers.BooleanField()


class Approves(Shape):
    code = serializers.CharField()
    needed = serializers.BooleanField(source="needs_approval")
