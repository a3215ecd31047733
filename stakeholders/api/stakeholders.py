from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stakeholders.api import parameters
from stakeholders.api.access import Everyone
from stakeholders.api.base import ListView, RecordView
from stakeholders.guards import find_or_refuse
from stakeholders.models import Capacity, CapacityKind, RegionalGroup, Stakeholder, StakeholderKind
from stakeholders.serializers.register import CapacityShape, StakeholderShape

ON = parameters.day(_("The day on which they hold; today without it."))


class Stakeholders(ListView):
    shape = StakeholderShape
    operation = "stakeholders_list"
    summary = _("Stakeholders, by their code")
    permission_classes = [Everyone]
    parameters = {
        "name": parameters.text(_("Part of the name in any of the six languages.")),
        "kind": parameters.choice(_("Kind of stakeholder."), StakeholderKind.values),
        "group": parameters.choice(_("Regional group."), RegionalGroup.values),
        "capacity": parameters.choice(_("A capacity they hold on the day `as_of`."), CapacityKind.values),
        "as_of": ON,
    }
    order = ("code",)

    def rows(self) -> QuerySet[Stakeholder]:
        asked, rows = self.asked, Stakeholder.objects.all()
        if name := asked.get("name"):
            rows = rows.named(name)
        if kind := asked.get("kind"):
            rows = rows.of_kind(kind)
        if group := asked.get("group"):
            rows = rows.filter(regional_group=group)
        if capacity := asked.get("capacity"):
            held = Capacity.objects.on(asked.get("as_of", timezone.now().date())).held().filter(kind=capacity)
            rows = rows.filter(pk__in=held.values("stakeholder"))
        return rows


class OneStakeholder(RecordView):
    shape = StakeholderShape
    operation = "stakeholders_read"
    summary = _("One stakeholder")
    permission_classes = [Everyone]

    def record(self) -> Stakeholder:
        return find_or_refuse(Stakeholder.objects.all(), code=self.kwargs["code"])


class Capacities(ListView):
    shape = CapacityShape
    operation = "capacities_list"
    summary = _("What stakeholders are from one day to another; endorsements are of the kind `endorser`")
    permission_classes = [Everyone]
    parameters = {
        "stakeholder": parameters.text(_("Code of a stakeholder.")),
        "kind": parameters.choice(_("Kind of capacity."), CapacityKind.values),
        "as_of": ON,
    }

    def rows(self) -> QuerySet[Capacity]:
        asked = self.asked
        rows = Capacity.objects.on(asked.get("as_of", timezone.now().date())).select_related("stakeholder", "mission")
        if code := asked.get("stakeholder"):
            rows = rows.filter(stakeholder__code=code)
        if kind := asked.get("kind"):
            rows = rows.filter(kind=kind)
        return rows
