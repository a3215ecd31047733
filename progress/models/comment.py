from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from progress.models.update import Update
from stakeholders.models import User
from stakeholders.text import validate_body


class Comment(models.Model):
    """A question or an answer between a stakeholder and the Secretariat on an update; never public."""

    update = models.ForeignKey(Update, models.PROTECT, related_name="comments", verbose_name=_("update"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    from_secretariat = models.BooleanField(_("from the Secretariat"))
    at = models.DateTimeField(_("at"))
    text = models.TextField(_("text"), validators=[MaxLengthValidator(3_000), validate_body])
    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.update}, {self.at:%Y-%m-%d}"
