from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.languages import LANGUAGES
from stakeholders.text import validate_single_line


class StakeholderKind(models.TextChoices):
    MEMBER_STATE = "member_state", pgettext_lazy("stakeholder kind", "Member State")
    ORGANIZATION = "organization", pgettext_lazy("stakeholder kind", "Regional or international organization")
    SECRETARIAT = "secretariat", pgettext_lazy("stakeholder kind", "Secretariat entity")
    MISSION = "mission", pgettext_lazy("stakeholder kind", "Peacekeeping mission")


class RegionalGroup(models.TextChoices):
    AFRICA = "africa", _("African States")
    ASIA_PACIFIC = "asia_pacific", _("Asia-Pacific States")
    EASTERN_EUROPE = "eastern_europe", _("Eastern European States")
    LATIN_AMERICA_CARIBBEAN = "latin_america_caribbean", _("Latin American and Caribbean States")
    WESTERN_EUROPE_OTHERS = "western_europe_others", _("Western European and other States")
    NONE = "none", pgettext_lazy("regional group", "None")


class StakeholderQuerySet(models.QuerySet["Stakeholder"]):
    def of_kind(self, kind: str) -> "StakeholderQuerySet":
        return self.filter(kind=kind)

    def named(self, words: str) -> "StakeholderQuerySet":
        """Those whose name in any of the six languages holds these words."""
        names = models.Q()
        for language in LANGUAGES:
            names |= models.Q(**{f"name_{language.column}__icontains": words})
        return self.filter(names)

    def active(self) -> "StakeholderQuerySet":
        return self.filter(is_active=True)


class Stakeholder(models.Model):
    """A party that can owe something. `code` is stable for ever: it is in addresses and data files."""

    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]+$", _("Use small Latin letters, digits and hyphens."))],
    )
    kind = models.CharField(_("kind"), max_length=20, choices=StakeholderKind, db_index=True)
    name = models.CharField(_("name"), max_length=200, validators=[validate_single_line])
    formal_name = models.CharField(_("formal name"), max_length=250, blank=True, validators=[validate_single_line])
    acronym = models.CharField(_("acronym"), max_length=40, blank=True, validators=[validate_single_line])
    iso_alpha2 = models.CharField("ISO 3166 alpha-2", max_length=2, blank=True)
    iso_alpha3 = models.CharField("ISO 3166 alpha-3", max_length=3, blank=True)
    m49 = models.CharField("M49", max_length=3, blank=True)
    regional_group = models.CharField(
        _("regional group"), max_length=30, choices=RegionalGroup, default=RegionalGroup.NONE
    )
    is_active = models.BooleanField(_("active"), default=True)
    needs_approval = models.BooleanField(
        _("updates go through an approver"),
        default=False,
        help_text=_("What an author submits goes to the Secretariat only once an approver has agreed."),
    )
    is_demonstration = models.BooleanField(_("demonstration"), default=False)

    objects = StakeholderQuerySet.as_manager()

    class Meta:
        verbose_name = _("stakeholder")
        verbose_name_plural = _("stakeholders")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["iso_alpha3"], condition=~models.Q(iso_alpha3=""), name="stakeholder_iso_alpha3_once"
            ),
            models.UniqueConstraint(fields=["m49"], condition=~models.Q(m49=""), name="stakeholder_m49_once"),
        ]

    def __str__(self) -> str:
        return self.name
