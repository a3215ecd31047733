from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from progress.api.parameters import cycle_of
from progress.models import Cycle, CycleState
from progress.serializers.cycles import CycleShape
from stakeholders.api import parameters
from stakeholders.api.access import Everyone
from stakeholders.api.base import ListView, RecordView
from stakeholders.guards import find_or_refuse
from stakeholders.policies import Visitor, is_officer


def seen_by(visitor: Visitor) -> QuerySet[Cycle]:
    """Planned cycles are the officers' own."""
    return Cycle.objects.all() if is_officer(visitor) else Cycle.objects.begun()


class Cycles(ListView):
    shape = CycleShape
    operation = "cycles_list"
    summary = _("Review cycles, the newest first")
    permission_classes = [Everyone]
    parameters = {"state": parameters.choice(_("State of the cycle."), CycleState.values)}
    order = ("-year", "-quarter")

    def rows(self) -> QuerySet[Cycle]:
        cycles = seen_by(self.request.user)
        return cycles.filter(state=self.asked["state"]) if "state" in self.asked else cycles


class OneCycle(RecordView):
    shape = CycleShape
    operation = "cycles_read"
    summary = _("One review cycle")
    permission_classes = [Everyone]

    def record(self) -> Cycle:
        named = cycle_of(self.kwargs["key"])
        if named is None:
            raise Http404
        return find_or_refuse(seen_by(self.request.user), year=named[0], quarter=named[1])
