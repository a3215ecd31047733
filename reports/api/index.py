from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from stakeholders.api.access import Everyone
from stakeholders.api.base import RecordView
from stakeholders.context import absolute
from stakeholders.serializers.shape import Shape

LISTS = (
    "declarations",
    "areas",
    "commitments",
    "stakeholders",
    "capacities",
    "cycles",
    "assignments",
    "publications",
    "published_assessments",
    "reports",
    "evidence_list",
    "me",
    "own_appointments",
    "own_assignments",
    "updates",
    "assessments",
    "diary",
)


class IndexShape(Shape):
    version = serializers.CharField(help_text=_("Version of the program."))
    lists = serializers.DictField(child=serializers.URLField(), help_text=_("Where to begin."))


class Index(RecordView):
    shape = IndexShape
    operation = "index_read"
    summary = _("Where everything is")
    permission_classes = [Everyone]

    def record(self) -> Any:
        return {"version": settings.VERSION, "lists": {name: absolute(f"api_{name}") for name in LISTS}}
