from django.db import models
from django.utils.translation import gettext_lazy as _

from progress.models.version import UpdateVersion


class PublishedWords(models.Model):
    """The words by which search finds one published version: a row exists as long as everyone may read it.

    Derived, never a source: `manage.py index_updates` makes it again. Each database keeps its own full-text index of
    `words` beside it (see the migration).
    """

    place = models.BigIntegerField(_("place"), primary_key=True, help_text=_("The newest published has the greatest."))
    version = models.OneToOneField(UpdateVersion, models.CASCADE, related_name="+", verbose_name=_("version"))
    words = models.TextField(_("words"))

    class Meta:
        verbose_name = _("words of a published version")
        verbose_name_plural = _("words of published versions")

    def __str__(self) -> str:
        return str(self.version_id)
