import uuid
from datetime import datetime

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from commitments.models import Area
from progress.models import Cycle
from stakeholders.models import Stakeholder, User
from stakeholders.text import validate_body


class Scope(models.TextChoices):
    """How much of a cycle a report shows."""

    WHOLE = "whole", pgettext_lazy("report scope", "The whole review")
    AREA = "area", pgettext_lazy("report scope", "One area")
    DOSSIER = "dossier", pgettext_lazy("report scope", "One stakeholder's dossier")
    DIFFERENCE = "difference", pgettext_lazy("report scope", "The difference from an earlier cycle")


class Occasion(models.TextChoices):
    DEMAND = "demand", pgettext_lazy("report occasion", "Ordered by the Secretariat")
    CLOSING = "closing", pgettext_lazy("report occasion", "Compiled when the cycle closed")


class Report(models.Model):
    """A cycle's review as it stood at one instant. Once issued it never changes; a correction supersedes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+", verbose_name=_("cycle"))
    scope = models.CharField(_("scope"), max_length=20, choices=Scope, default=Scope.WHOLE)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("area"))
    stakeholder = models.ForeignKey(
        Stakeholder, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("stakeholder")
    )
    baseline = models.ForeignKey(
        Cycle, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("earlier cycle")
    )
    occasion = models.CharField(_("occasion"), max_length=20, choices=Occasion, default=Occasion.DEMAND)
    as_of = models.DateTimeField(_("as of"))
    requested_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("requested by")
    )
    request_key = models.UUIDField(_("request"), unique=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, related_name="superseded_by", null=True, blank=True, verbose_name=_("supersedes")
    )
    reason = models.TextField(
        _("reason of the correction"), blank=True, validators=[MaxLengthValidator(1_000), validate_body]
    )
    software_version = models.CharField(_("version of the program"), max_length=40, blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, blank=True)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-as_of"]
        indexes = [models.Index(fields=["-as_of"], name="report_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle"], condition=Q(occasion=Occasion.CLOSING), name="report_at_closing_once"
            ),
            models.CheckConstraint(
                condition=(Q(scope=Scope.AREA, area__isnull=False) | Q(~Q(scope=Scope.AREA), area__isnull=True)),
                name="report_area_belongs_to_scope",
            ),
            models.CheckConstraint(
                condition=(
                    Q(scope=Scope.DOSSIER, stakeholder__isnull=False)
                    | Q(~Q(scope=Scope.DOSSIER), stakeholder__isnull=True)
                ),
                name="report_stakeholder_belongs_to_scope",
            ),
            models.CheckConstraint(
                condition=(
                    Q(scope=Scope.DIFFERENCE, baseline__isnull=False)
                    | Q(~Q(scope=Scope.DIFFERENCE), baseline__isnull=True)
                ),
                name="report_baseline_belongs_to_scope",
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True) | ~Q(baseline=F("cycle")), name="report_baseline_is_another_cycle"
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(reason=""), name="report_correction_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} ({self.as_of:%Y-%m-%d %H:%M})"

    @property
    def name(self) -> str:
        """The cycle, and what part of it, in the reader's language."""
        match self.scope:
            case Scope.AREA:
                return gettext("%(cycle)s: %(area)s") % {"cycle": self.cycle, "area": self.area}
            case Scope.DOSSIER:
                return gettext("%(cycle)s: %(stakeholder)s") % {"cycle": self.cycle, "stakeholder": self.stakeholder}
            case Scope.DIFFERENCE:
                return gettext("%(cycle)s, compared with %(before)s") % {"cycle": self.cycle, "before": self.baseline}
        return str(self.cycle)

    @property
    def extent(self) -> dict[str, object]:
        """What the report is about: a correction has the same as the report it supersedes."""
        return {name: getattr(self, name) for name in ("cycle", "scope", "area", "stakeholder", "baseline")}


class Snapshot(models.Model):
    """The frozen rows of a report, as canonical JSON. Kept apart so that lists never load it."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="snapshot")
    content = models.TextField()

    def __str__(self) -> str:
        return str(self.report)


class RequestQuerySet(models.QuerySet["Request"]):
    def unannounced(self) -> "RequestQuerySet":
        return self.filter(announced_at__isnull=True)


class Request(models.Model):
    """A person who wants to be told when a report's files are made."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="requests", verbose_name=_("report"))
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who"))
    asked_at = models.DateTimeField(_("asked at"))
    announced_at = models.DateTimeField(_("told at"), null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        constraints = [models.UniqueConstraint(fields=["report", "person"], name="request_once")]

    def __str__(self) -> str:
        return f"{self.report}, {self.person}"

    @property
    def fact(self) -> str:
        """What a mail about this request tells; asking again later is another fact."""
        moment: datetime = self.asked_at
        return f"report-finished:{self.report_id}:{moment.isoformat()}"
