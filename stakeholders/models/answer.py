from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models.user import User

KEPT_FOR = timedelta(days=1)


class Answer(models.Model):
    """What a program was answered when it made something under a key of its own, so that asking again makes nothing.

    It falls due after a day.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    key = models.CharField(_("key"), max_length=200)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"))
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    body = models.JSONField(_("body"), null=True, blank=True)
    at = models.DateTimeField(_("at"), db_index=True)

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.key}"
