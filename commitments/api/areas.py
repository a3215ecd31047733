from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.models import Area
from commitments.serializers.catalogue import AreaShape
from stakeholders.api import parameters
from stakeholders.api.access import Everyone
from stakeholders.api.base import ListView, RecordView
from stakeholders.guards import find_or_refuse


class Areas(ListView):
    shape = AreaShape
    operation = "areas_list"
    summary = _("The areas of the Declaration")
    permission_classes = [Everyone]
    parameters = {"declaration": parameters.text(_("Code of an edition; the current one without it."))}
    order = ("number", "pk")

    def rows(self) -> QuerySet[Area]:
        areas = Area.objects.select_related("declaration")
        if code := self.asked.get("declaration"):
            return areas.filter(declaration__code=code)
        return areas.filter(declaration__is_current=True)


class OneArea(RecordView):
    shape = AreaShape
    operation = "areas_read"
    summary = _("One area")
    permission_classes = [Everyone]

    def record(self) -> Area:
        return find_or_refuse(Area.objects.select_related("declaration"), uid=self.kwargs["uid"])
