from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.models.report import Report
from stakeholders import languages


class DocumentFormat(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"
    XLSX = "xlsx", "XLSX"
    HTML = "html", "HTML"
    CSV = "csv", "CSV"


class DocumentState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("document", "Waiting")
    RUNNING = "running", pgettext_lazy("document", "In preparation")
    READY = "ready", pgettext_lazy("document", "Ready")
    FAILED = "failed", pgettext_lazy("document", "Failed")
    CANCELLED = "cancelled", pgettext_lazy("document", "Cancelled")


UNFINISHED = (DocumentState.QUEUED, DocumentState.RUNNING)


class DocumentQuerySet(models.QuerySet["Document"]):
    def waiting(self, at: datetime) -> "DocumentQuerySet":
        """Nobody works on these: never begun, or begun by a worker whose lease has run out."""
        return self.filter(Q(state=DocumentState.QUEUED) | Q(state=DocumentState.RUNNING, lease_until__lt=at))

    def unfinished(self) -> "DocumentQuerySet":
        return self.filter(state__in=UNFINISHED)

    def ready(self) -> "DocumentQuerySet":
        return self.filter(state=DocumentState.READY)


class Document(models.Model):
    """One file of a report, and the job that makes it. A worker owns it while its lease lasts."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="documents", verbose_name=_("report"))
    language = models.CharField(_("language"), max_length=10, choices=languages.CHOICES)
    format = models.CharField(_("format"), max_length=10, choices=DocumentFormat)
    state = models.CharField(_("state"), max_length=10, choices=DocumentState, default=DocumentState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(_("why it failed"), max_length=30, blank=True)
    failure_detail = models.CharField(_("where it failed"), max_length=500, blank=True)
    queued_at = models.DateTimeField(_("queued at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    file = models.CharField(_("file"), max_length=120, blank=True)
    size = models.PositiveBigIntegerField(_("size"), null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["language", "format"]
        constraints = [
            models.UniqueConstraint(fields=["report", "language", "format"], name="document_once"),
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(file="") & ~Q(sha256="") & Q(size__gt=0)),
                name="document_ready_is_complete",
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="document_waiting")]

    def __str__(self) -> str:
        return f"{self.report}, {self.language}, {self.format}"

    @property
    def download_name(self) -> str:
        return f"a4p-review-{self.report.cycle.key}-{self.language}.{self.format}"
