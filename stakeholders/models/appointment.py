from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.models.stakeholder import Stakeholder
from stakeholders.models.user import User


class AppointmentRole(models.TextChoices):
    AUTHOR = "author", pgettext_lazy("appointment", "Author")
    APPROVER = "approver", pgettext_lazy("appointment", "Approver")
    DEPUTY = "deputy", pgettext_lazy("appointment", "Deputy")
    READER = "reader", pgettext_lazy("appointment", "Reader")


WRITING_ROLES = (AppointmentRole.AUTHOR, AppointmentRole.APPROVER, AppointmentRole.DEPUTY)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def on(self, day: date) -> "AppointmentQuerySet":
        """In force on that day. One that somebody ended is over at once, whatever day it was to end on."""
        not_over = models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day)
        return self.filter(not_over, starts_on__lte=day, ended_at__isnull=True)

    def writing(self) -> "AppointmentQuerySet":
        return self.filter(role__in=WRITING_ROLES)


class Appointment(models.Model):
    """A person speaks for a stakeholder in a role, from one day to another (both included)."""

    person = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name=_("person"))
    stakeholder = models.ForeignKey(
        Stakeholder, models.PROTECT, related_name="appointments", verbose_name=_("stakeholder")
    )
    role = models.CharField(_("role"), max_length=20, choices=AppointmentRole)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("ended by")
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "stakeholder", "role", "starts_on"],
                condition=models.Q(ended_at__isnull=True),
                name="appointment_once",
                violation_error_message=_("This person has this appointment already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}, {self.stakeholder}"

    def clean(self) -> None:
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end lies before the beginning.")})
