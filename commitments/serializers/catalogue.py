"""The catalogue of commitments as the API tells it."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from commitments.models import Commitment, OwnerKind, Provenance
from stakeholders.serializers.shape import Address, Shape
from stakeholders.serializers.words import Translated


class DeclarationShape(Shape):
    id = serializers.CharField(source="code")
    url = Address("api_declaration", "code")
    title = Translated()
    edition = Translated()
    note = Translated()
    endorsed_on = serializers.DateField()
    is_current = serializers.BooleanField()


class AreaShape(Shape):
    id = serializers.CharField(source="uid", help_text=_("Never changes."))
    url = Address("api_area", "uid")
    number = serializers.IntegerField()
    title = Translated()
    short_title = Translated()
    declaration = serializers.CharField(source="declaration.code", help_text=_("The edition it belongs to."))


class CommitmentShape(Shape):
    id = serializers.CharField(source="uid", help_text=_("Never changes, whatever the code."))
    url = Address("api_commitment", "uid")
    code = serializers.CharField(help_text=_("What people call it; an edition may renumber it."))
    area = serializers.CharField(source="area.uid")
    declaration = serializers.CharField(source="area.declaration.code", help_text=_("The edition it belongs to."))
    position = serializers.IntegerField()
    title = Translated()
    statement = Translated()
    official_text = Translated()
    official_source = serializers.CharField()
    paragraph = serializers.CharField()
    provenance = serializers.ChoiceField(Provenance.choices)
    lead = serializers.ChoiceField(OwnerKind.choices, source="lead.kind")
    joint = serializers.SerializerMethodField()

    def get_joint(self, commitment: Commitment) -> list[str]:
        return [owner.kind for owner in commitment.joint]
