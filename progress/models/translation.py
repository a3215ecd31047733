from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from progress.models.version import UpdateVersion
from stakeholders import languages
from stakeholders.models import User
from stakeholders.text import validate_body


class TranslationState(models.TextChoices):
    MACHINE = "machine", pgettext_lazy("translation", "Machine translation")
    DRAFT = "draft", pgettext_lazy("translation", "Draft translation")
    SIGNED = "signed", pgettext_lazy("translation", "Signed translation")


class UpdateTranslation(models.Model):
    """One version in one more language. Versions never change, so neither does what this was made from."""

    version = models.ForeignKey(UpdateVersion, models.PROTECT, related_name="translations", verbose_name=_("version"))
    language = models.CharField(_("language"), max_length=10, choices=languages.CHOICES)
    narrative = models.TextField(_("what was done"), validators=[validate_body], blank=True)
    obstacles = models.TextField(_("obstacles and support needed"), validators=[validate_body], blank=True)
    next_steps = models.TextField(_("next steps"), validators=[validate_body], blank=True)
    sources = models.TextField(_("evidence and sources"), validators=[validate_body], blank=True)
    state = models.CharField(_("state"), max_length=20, choices=TranslationState)
    signed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("signed by")
    )
    created_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="translation_once")]

    def __str__(self) -> str:
        return f"{self.version}, {self.language}"

    @property
    def shown_in(self) -> languages.Language:
        return languages.get_language(self.language)

    @property
    def written_parts(self) -> list[tuple[str, str]]:
        """(heading, text) of whatever was translated, in the order of the form."""
        headed = ((heading, getattr(self, field)) for field, heading in self.version.headings.items())
        return [(heading, text) for heading, text in headed if text]

    def clean(self) -> None:
        if self.language == self.version.language:
            raise ValidationError({"language": _("The update is written in this language already.")})
