from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from progress import queries
from progress.api.parameters import OF_ASSIGNMENT, narrowed
from progress.models import Assignment, AssignmentKind
from progress.serializers.cycles import OwnTaskShape
from stakeholders.api import parameters
from stakeholders.api.base import ListView
from stakeholders.guards import signed_in


class OwnTasks(ListView):
    shape = OwnTaskShape
    operation = "me_assignments_list"
    summary = _("What those you speak for are asked, with what has been written so far")
    order = ("-pk",)  # the newest cycle first
    parameters = {
        **OF_ASSIGNMENT,
        "kind": parameters.choice(_("Expected or invited."), AssignmentKind.values),
        "open": parameters.yes_or_no(_("Only of cycles that take updates, or only of others.")),
    }

    def rows(self) -> QuerySet[Assignment]:
        mine = queries.assignments_of(signed_in(self.request), at=timezone.now())
        rows = narrowed(mine, self.asked)
        if kind := self.asked.get("kind"):
            rows = rows.filter(kind=kind)
        if (is_open := self.asked.get("open")) is not None:
            rows = rows.filter(cycle__state="open") if is_open else rows.exclude(cycle__state="open")
        return rows
