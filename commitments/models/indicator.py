from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models.commitment import Commitment
from stakeholders.text import validate_body, validate_single_line


class Dataset(models.TextChoices):
    """Files of the UN Peace and Security Data Hub, by the hub's own identifiers."""

    CONTRIBUTIONS = "DPO-UCHISTORICAL"
    FATALITIES = "DPPADPOSS-FATALITIES"


class Indicator(models.Model):
    """A series of numbers that belongs to commitments, counted from a file of the hub."""

    uid = models.SlugField(_("stable id"), max_length=40, unique=True)
    commitments = models.ManyToManyField(Commitment, related_name="indicators", verbose_name=_("commitments"))
    dataset = models.CharField(_("dataset"), max_length=40, choices=Dataset)
    title = models.CharField(_("title"), max_length=200, validators=[validate_single_line])
    definition = models.TextField(_("definition"), validators=[validate_body])
    unit = models.CharField(_("unit"), max_length=60, validators=[validate_single_line])

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["uid"]

    def __str__(self) -> str:
        return self.title

    @property
    def source(self) -> str:
        """The file's description at the hub."""
        return f"https://psdata.un.org/metadata/{self.dataset}"


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def standing(self, at: datetime | None = None) -> "MeasurementQuerySet":
        """The figures that count now, or that counted at that instant."""
        if at is None:
            return self.filter(superseded_at__isnull=True)
        still = models.Q(superseded_at__isnull=True) | models.Q(superseded_at__gt=at)
        return self.filter(still, imported_at__lte=at)


class Measurement(models.Model):
    """What an indicator was in a year, as one file says. A later file supersedes it; nothing is overwritten."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measurements", verbose_name=_("indicator"))
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    file_name = models.CharField(_("file"), max_length=200)
    file_hash = models.CharField(_("fingerprint of the file"), max_length=64)
    imported_at = models.DateTimeField(_("imported at"))
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["indicator", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year"],
                condition=models.Q(superseded_at__isnull=True),
                name="measurement_one_standing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}, {self.year}: {self.value}"
