from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.models.declaration import Area
from stakeholders.text import validate_body, validate_single_line


class OwnerKind(models.TextChoices):
    SECRETARIAT = "secretariat", pgettext_lazy("owner kind", "Secretariat")
    MEMBER_STATES = "member_states", pgettext_lazy("owner kind", "Member States")
    SECURITY_COUNCIL = "security_council", pgettext_lazy("owner kind", "Security Council")
    CONTRIBUTORS = "contributors", pgettext_lazy("owner kind", "Troop and police contributors")
    HOSTS = "hosts", pgettext_lazy("owner kind", "Host governments")
    COLLECTIVE = "collective", pgettext_lazy("owner kind", "Collective")


class Provenance(models.TextChoices):
    """What a row of the working breakdown rests on."""

    SEEN = "seen", pgettext_lazy("provenance", "Text of the Declaration read")
    DERIVED = "derived", pgettext_lazy("provenance", "Derived from other sources")
    MEMORY = "memory", pgettext_lazy("provenance", "From working knowledge, to be checked")
    OFFICIAL = "official", pgettext_lazy("provenance", "Official list")


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def current(self) -> "CommitmentQuerySet":
        return self.filter(area__declaration__is_current=True)

    def with_owners(self) -> "CommitmentQuerySet":
        return self.select_related("area").prefetch_related("owners")


class Commitment(models.Model):
    """One promise. `uid` never changes; `code` is what people see and may be renumbered by an edition."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="commitments", verbose_name=_("area"))
    uid = models.SlugField(_("stable id"), max_length=40, unique=True)
    code = models.CharField(_("code"), max_length=20)
    position = models.PositiveSmallIntegerField(_("position"))
    paragraph = models.CharField(_("paragraph"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=200, validators=[validate_single_line])
    statement = models.TextField(_("statement"), validators=[validate_body])
    official_text = models.TextField(_("official text"), blank=True, validators=[validate_body])
    official_source = models.CharField(_("source of the official text"), max_length=300, blank=True)
    provenance = models.CharField(_("provenance"), max_length=20, choices=Provenance)
    sources = models.CharField(_("sources"), max_length=100, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["area", "code"], name="commitment_code_once"),
            models.UniqueConstraint(fields=["area", "position"], name="commitment_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def lead(self) -> "CommitmentOwner":
        return next(owner for owner in self.owners.all() if owner.is_lead)

    @property
    def joint(self) -> list["CommitmentOwner"]:
        return [owner for owner in self.owners.all() if not owner.is_lead]

    @property
    def is_collective(self) -> bool:
        return self.lead.kind == OwnerKind.COLLECTIVE


class CommitmentOwner(models.Model):
    """A kind of stakeholder that owns a commitment: one leads, others may own it jointly."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="owners", verbose_name=_("commitment"))
    kind = models.CharField(_("owner kind"), max_length=20, choices=OwnerKind)
    is_lead = models.BooleanField(_("lead"))
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("owner")
        verbose_name_plural = _("owners")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "kind"], name="owner_kind_once"),
            models.UniqueConstraint(
                fields=["commitment"], condition=models.Q(is_lead=True), name="commitment_one_lead"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
