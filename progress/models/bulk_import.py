from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders import languages
from stakeholders.models import User


class ImportState(models.TextChoices):
    CHECKING = "checking", pgettext_lazy("import", "Being checked")
    CHECKED = "checked", pgettext_lazy("import", "Checked, waiting for your word")
    REFUSED = "refused", pgettext_lazy("import", "Refused, nothing was changed")
    ORDERED = "ordered", pgettext_lazy("import", "Being carried out")
    DONE = "done", pgettext_lazy("import", "Carried out")
    DROPPED = "dropped", pgettext_lazy("import", "Dropped, nothing was changed")
    FAILED = "failed", pgettext_lazy("import", "Failed, nothing was changed")


FOR_WORKERS = (ImportState.CHECKING, ImportState.ORDERED)
OVER = (ImportState.REFUSED, ImportState.DONE, ImportState.DROPPED, ImportState.FAILED)


class BulkImportQuerySet(models.QuerySet["BulkImport"]):
    def waiting(self, at: datetime) -> "BulkImportQuerySet":
        """There is work, and nobody has it: never begun, or begun by a worker whose lease has run out."""
        return self.filter(Q(lease_until__isnull=True) | Q(lease_until__lt=at), state__in=FOR_WORKERS)

    def over(self) -> "BulkImportQuerySet":
        return self.filter(state__in=OVER)


class BulkImport(models.Model):
    """A file somebody wants brought in: checked first, carried out on their word, each by whoever holds the lease.

    `preview` is `Preview.as_json()`; its sentences are in `language`. Nobody as actor is whoever runs the service.
    """

    key = models.UUIDField(_("key"), unique=True)
    data_set = models.CharField(_("data set"), max_length=40)
    file_name = models.CharField(_("file"), max_length=200)
    file_hash = models.CharField(_("fingerprint of the file"), max_length=64)
    size = models.PositiveBigIntegerField(_("size"))
    stored_as = models.CharField(max_length=60)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("who"))
    door = models.CharField(_("door"), max_length=20)
    language = models.CharField(_("language"), max_length=10, choices=languages.CHOICES)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.CHECKING)
    preview: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("preview"), default=dict, blank=True)
    is_previewed_again = models.BooleanField(_("the records have changed since it was checked"), default=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("sent at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = BulkImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "lease_until"], name="import_waiting")]

    def __str__(self) -> str:
        return f"{self.data_set}: {self.file_name}"

    @property
    def is_for_workers(self) -> bool:
        return self.state in FOR_WORKERS
