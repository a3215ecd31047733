from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.text import validate_body, validate_single_line


class Declaration(models.Model):
    """One edition of the catalogue. Exactly one is current; updates stay with the edition they answered."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=250, validators=[validate_single_line])
    edition = models.CharField(_("edition"), max_length=150, validators=[validate_single_line])
    note = models.TextField(_("note"), blank=True, validators=[validate_body])
    endorsed_on = models.DateField(_("endorsed on"))
    is_current = models.BooleanField(_("current"), default=False)

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=models.Q(is_current=True),
                name="declaration_one_current",
                violation_error_message=_("Another edition is current."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Area(models.Model):
    """One of the eight areas of an edition, under its official title."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="areas", verbose_name=_("declaration"))
    uid = models.SlugField(_("stable id"), max_length=40, unique=True)
    number = models.PositiveSmallIntegerField(_("number"))
    slug = models.SlugField(_("name in addresses"), max_length=60)
    short_title = models.CharField(_("short title"), max_length=100, validators=[validate_single_line])
    title = models.CharField(_("title"), max_length=250, validators=[validate_single_line])

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["declaration", "number"]
        constraints = [models.UniqueConstraint(fields=["declaration", "number"], name="area_number_once")]

    def __str__(self) -> str:
        return self.short_title
