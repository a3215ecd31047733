from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models import Commitment
from progress.models.assignment import AssignmentKind
from progress.models.cycle import Cycle
from progress.models.version import Status


class Tally(models.Model):
    """How many assignments of a cycle ask about a commitment, or are answered in public with a status.

    The public figures of now are read here, so that they cost the same however many stakeholders answer. Written by
    the actions that make assignments and move versions into and out of public view; `verify_tallies` counts again.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="tallies", verbose_name=_("cycle"))
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="+", verbose_name=_("commitment"))
    kind = models.CharField(_("kind"), max_length=10, choices=AssignmentKind)
    status = models.CharField(_("status"), max_length=20, choices=Status, blank=True)  # empty: all that were asked
    n = models.PositiveIntegerField(_("how many"), default=0)
    # Of answers: how many versions were ever public, and when one last came or went. So a list of all of them need not
    # be counted, and for an earlier day only what has changed since.
    ever = models.PositiveIntegerField(_("how many ever"), default=0, db_default=0)
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [models.UniqueConstraint(fields=["cycle", "commitment", "kind", "status"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.cycle_id}, {self.commitment_id}, {self.kind}, {self.status}: {self.n}"
