from django.db import models
from django.utils.translation import gettext_lazy as _

from progress.models.assignment import Assignment
from stakeholders.models import User


class Scratch(models.Model):
    """What a person has typed and not saved, kept by the page as they type; theirs alone, gone once they save."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="+", verbose_name=_("assignment"))
    person = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    based_on = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("text"))
    kept_at = models.DateTimeField(_("kept at"))

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        constraints = [models.UniqueConstraint(fields=["assignment", "person"], name="scratch_once")]

    def __str__(self) -> str:
        return f"{self.assignment}, {self.person}"
