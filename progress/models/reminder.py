from django.db import models
from django.utils.translation import gettext_lazy as _

from progress.models.cycle import Cycle
from stakeholders.models import Stakeholder, User


class Reminder(models.Model):
    """A stakeholder was reminded of a cycle's open answers on a day; `told` counts the people a mail was queued for."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+", verbose_name=_("cycle"))
    stakeholder = models.ForeignKey(Stakeholder, models.PROTECT, related_name="+", verbose_name=_("stakeholder"))
    on = models.DateField(_("reminded on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("who"))
    told = models.PositiveSmallIntegerField(_("people told"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["cycle", "stakeholder", "on"], name="reminder_once_a_day")]

    def __str__(self) -> str:
        return f"{self.stakeholder}, {self.cycle}, {self.on}"
