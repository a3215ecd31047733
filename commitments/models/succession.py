from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models.commitment import Commitment


class Succession(models.Model):
    """A commitment of one edition takes up one of another: what was reported on the earlier stays there."""

    earlier = models.ForeignKey(
        Commitment, models.PROTECT, related_name="successors", verbose_name=_("earlier commitment")
    )
    later = models.ForeignKey(
        Commitment, models.CASCADE, related_name="predecessors", verbose_name=_("later commitment")
    )

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["earlier__uid"]
        constraints = [models.UniqueConstraint(fields=["earlier", "later"], name="succession_once")]

    def __str__(self) -> str:
        return f"{self.earlier_id} > {self.later_id}"
