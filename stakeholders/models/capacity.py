from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.models.stakeholder import Stakeholder


class CapacityKind(models.TextChoices):
    COUNCIL_MEMBER = "council_member", pgettext_lazy("capacity", "Security Council member")
    TROOP_CONTRIBUTOR = "troop_contributor", pgettext_lazy("capacity", "Troop contributor")
    POLICE_CONTRIBUTOR = "police_contributor", pgettext_lazy("capacity", "Police contributor")
    FINANCIAL_CONTRIBUTOR = "financial_contributor", pgettext_lazy("capacity", "Financial contributor")
    HOST = "host", pgettext_lazy("capacity", "Host country")
    ENDORSER = "endorser", pgettext_lazy("capacity", "Endorser of the Declaration")
    SECRETARIAT_LEAD = (
        "secretariat_lead",
        pgettext_lazy("capacity", "Answers for the Secretariat's commitments"),
    )


class Standing(models.TextChoices):
    """Unknown is what holds where nothing is recorded; it is a value, and it is not a no."""

    HELD = "held", pgettext_lazy("standing", "Yes")
    NOT_HELD = "not_held", pgettext_lazy("standing", "No")
    UNKNOWN = "unknown", pgettext_lazy("standing", "Unknown")


class CapacityQuerySet(models.QuerySet["Capacity"]):
    def on(self, day: date) -> "CapacityQuerySet":
        not_over = models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day)
        return self.filter(not_over, starts_on__lte=day)

    def held(self) -> "CapacityQuerySet":
        return self.filter(standing=Standing.HELD)


class Capacity(models.Model):
    """What a stakeholder is between two dates (both included), and who says so."""

    stakeholder = models.ForeignKey(
        Stakeholder, models.PROTECT, related_name="capacities", verbose_name=_("stakeholder")
    )
    kind = models.CharField(_("capacity"), max_length=30, choices=CapacityKind)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing, default=Standing.HELD)
    mission = models.ForeignKey(
        Stakeholder, models.PROTECT, related_name="hosts", null=True, blank=True, verbose_name=_("mission")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    source_date = models.CharField(_("date of the source"), max_length=40, blank=True)
    is_confirmed = models.BooleanField(
        _("read in a source"),
        default=False,
        help_text=_("Not ticked: from working knowledge, still to be checked."),
    )

    objects = CapacityQuerySet.as_manager()

    class Meta:
        verbose_name = _("capacity")
        verbose_name_plural = _("capacities")
        ordering = ["kind", "-starts_on"]
        indexes = [models.Index(fields=["kind", "starts_on"], name="capacity_kind_start")]
        constraints = [
            models.UniqueConstraint(
                fields=["stakeholder", "kind", "starts_on", "mission"],
                nulls_distinct=False,
                name="capacity_once",
                violation_error_message=_("This capacity with this starting date is recorded already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder}: {self.get_kind_display()}"

    def clean(self) -> None:
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end lies before the beginning.")})
        if self.mission and self.mission.kind != "mission":
            raise ValidationError({"mission": _("Choose a peacekeeping mission.")})
