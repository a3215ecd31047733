from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.models import Commitment
from progress.models.cycle import Cycle
from stakeholders.models import Appointment, Stakeholder, User


class AssignmentKind(models.TextChoices):
    EXPECTED = "expected", pgettext_lazy("assignment", "Expected")
    INVITED = "invited", pgettext_lazy("assignment", "Invited")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def of_person(self, user: User, *, at: datetime) -> "AssignmentQuerySet":
        """Assignments of the stakeholders this person is appointed to now, in any role."""
        mine = Appointment.objects.on(at.date()).filter(person=user).values("stakeholder")
        return self.filter(stakeholder__in=mine)

    def with_everything(self) -> "AssignmentQuerySet":
        return self.select_related("cycle", "stakeholder", "commitment__area", "update")


class Assignment(models.Model):
    """One stakeholder x one commitment x one cycle, made when the cycle opens and never changed after."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="assignments", verbose_name=_("cycle"))
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="+", verbose_name=_("commitment"))
    stakeholder = models.ForeignKey(Stakeholder, models.PROTECT, related_name="+", verbose_name=_("stakeholder"))
    kind = models.CharField(_("kind"), max_length=10, choices=AssignmentKind)
    asked_on = models.DateField(_("asked on"))

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [models.UniqueConstraint(fields=["cycle", "commitment", "stakeholder"], name="assignment_once")]
        indexes = [
            models.Index(fields=["stakeholder", "cycle"], name="assignment_stakeholder_cycle"),
            # Lists by pages: of one cycle, and of one stakeholder through all cycles.
            models.Index(fields=["cycle", "id"], name="assignment_cycle_order"),
            models.Index(fields=["stakeholder", "id"], name="assignment_stakeholder_order"),
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder}, {self.commitment.code}, {self.cycle}"
