import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from progress.models import Cycle
from stakeholders.models import User


class Report(models.Model):
    """A cycle's review as it stood at one instant. Once issued it never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+", verbose_name=_("cycle"))
    as_of = models.DateTimeField(_("as of"))
    requested_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("requested by")
    )
    request_key = models.UUIDField(_("request"), unique=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, blank=True)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-as_of"]

    def __str__(self) -> str:
        return f"{self.cycle} ({self.as_of:%Y-%m-%d %H:%M})"


class Snapshot(models.Model):
    """The frozen rows of a report, as canonical JSON. Kept apart so that lists never load it."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="snapshot")
    content = models.TextField()

    def __str__(self) -> str:
        return str(self.report)
