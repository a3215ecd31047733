"""What ordering a report takes."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from commitments.models import Area
from progress.models import Cycle
from progress.queries import named
from reports.models import Scope
from stakeholders.api.shapes import Body, Strict
from stakeholders.models import Stakeholder

Found = TypeVar("Found", bound=Model)


class NewReport(Strict):
    """Which review to make: of a cycle, and with a narrower scope the part of it."""

    cycle = serializers.CharField(max_length=10, help_text=_("Key of the cycle, like 2026-q4."))
    scope = serializers.ChoiceField(Scope.choices, required=False, default=Scope.WHOLE)
    area = serializers.SlugField(required=False, max_length=50, help_text=_("With the scope `area`: its uid."))
    stakeholder = serializers.SlugField(
        required=False, max_length=50, help_text=_("With the scope `dossier`: its code.")
    )
    baseline = serializers.CharField(
        required=False, max_length=10, help_text=_("With the scope `difference`: the key of the earlier cycle.")
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        cycle = named(Cycle.objects.all(), attrs["cycle"])
        if cycle is None:
            raise serializers.ValidationError({"cycle": [_("There is no such cycle.")]})
        asked = cycle.assignments
        areas = Area.objects.filter(pk__in=asked.values("commitment__area"))
        stakeholders = Stakeholder.objects.filter(pk__in=asked.values("stakeholder"))
        return {
            "cycle": cycle,
            "scope": attrs["scope"],
            "area": _one(areas, "area", uid=attrs.get("area")),
            "stakeholder": _one(stakeholders, "stakeholder", code=attrs.get("stakeholder")),
            "baseline": self._baseline(cycle, attrs.get("baseline")),
        }

    def _baseline(self, cycle: Cycle, key: str | None) -> Cycle | None:
        found = named(Cycle.objects.before(cycle), key)
        if key and found is None:
            raise serializers.ValidationError({"baseline": [_("There is no such cycle before this one.")]})
        return found


class Correction(Strict):
    reason = Body(max_length=1_000, help_text=_("It stands on the cover of the new report."))


def _one(among: QuerySet[Found], name: str, **lookup: Any) -> Found | None:
    if not any(lookup.values()):
        return None
    found = among.filter(**lookup).first()
    if found is None:
        raise serializers.ValidationError({name: [_("Nothing of this name was asked about in the cycle.")]})
    return found
