from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models.user import User


class DiaryEntry(models.Model):
    """One line of the diary. Lines are only ever added; each carries the hash of the one before."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("at"), db_index=True)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("who"))
    verb = models.CharField(_("what"), max_length=60)
    subject_type = models.CharField(_("kind of record"), max_length=60)
    subject_id = models.CharField(_("record"), max_length=60)
    door = models.CharField(_("door"), max_length=20)
    detail = models.JSONField(_("detail"), default=dict, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("diary entry")
        verbose_name_plural = _("diary")
        ordering = ["-number"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="diary_subject")]

    def __str__(self) -> str:
        return f"{self.number}. {self.verb}"
