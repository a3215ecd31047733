from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.models import Commitment, OwnerKind, Provenance
from commitments.models.commitment import CommitmentQuerySet
from commitments.serializers.catalogue import CommitmentShape
from stakeholders.api import parameters
from stakeholders.api.access import Everyone
from stakeholders.api.base import ListView, RecordView
from stakeholders.guards import find_or_refuse


def catalogue() -> CommitmentQuerySet:
    rows: CommitmentQuerySet = Commitment.objects.with_owners().select_related("area__declaration")
    return rows


class Commitments(ListView):
    shape = CommitmentShape
    operation = "commitments_list"
    summary = _("The commitments, in the order of the Declaration")
    permission_classes = [Everyone]
    parameters = {
        "area": parameters.text(_("Id of an area.")),
        "declaration": parameters.text(_("Code of an edition; the current one without it.")),
        "owner": parameters.choice(_("Kind of owner that leads."), OwnerKind.values),
        "party": parameters.choice(_("Kind of owner, alone or together with others."), OwnerKind.values),
        "provenance": parameters.choice(_("What the row rests on."), Provenance.values),
    }
    order = ("position", "pk")

    def rows(self) -> QuerySet[Commitment]:
        asked = self.asked
        rows = catalogue()
        if area := asked.get("area"):
            rows = rows.filter(area__uid=area)
        elif code := asked.get("declaration"):
            rows = rows.filter(area__declaration__code=code)
        else:
            rows = rows.current()
        if owner := asked.get("owner"):
            rows = rows.filter(owners__kind=owner, owners__is_lead=True)
        if party := asked.get("party"):
            rows = rows.filter(owners__kind=party)
        if provenance := asked.get("provenance"):
            rows = rows.filter(provenance=provenance)
        return rows


class OneCommitment(RecordView):
    shape = CommitmentShape
    operation = "commitments_read"
    summary = _("One commitment")
    permission_classes = [Everyone]

    def record(self) -> Commitment:
        return find_or_refuse(catalogue(), uid=self.kwargs["uid"])
