from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models.commitment import Commitment, Provenance
from commitments.models.declaration import Area
from stakeholders.text import validate_single_line


class Frame(models.Model):
    """Another list of promises that the Declaration's can be laid beside, such as the priorities of A4P+."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200, validators=[validate_single_line])
    source = models.URLField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("frame")
        verbose_name_plural = _("frames")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title


class FrameItem(models.Model):
    """One promise or priority of a frame."""

    frame = models.ForeignKey(Frame, models.PROTECT, related_name="items", verbose_name=_("frame"))
    code = models.CharField(_("code"), max_length=20)
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=250, validators=[validate_single_line])
    provenance = models.CharField(_("provenance"), max_length=20, choices=Provenance)

    class Meta:
        verbose_name = _("item of a frame")
        verbose_name_plural = _("items of frames")
        ordering = ["frame", "position"]
        constraints = [models.UniqueConstraint(fields=["frame", "code"], name="frame_item_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Reference(models.Model):
    """An area or a commitment of the Declaration touches an item of another frame. The crosswalk is ours."""

    item = models.ForeignKey(FrameItem, models.CASCADE, related_name="references", verbose_name=_("item of a frame"))
    area = models.ForeignKey(
        Area, models.CASCADE, related_name="references", null=True, blank=True, verbose_name=_("area")
    )
    commitment = models.ForeignKey(
        Commitment, models.CASCADE, related_name="references", null=True, blank=True, verbose_name=_("commitment")
    )

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(area__isnull=True) ^ models.Q(commitment__isnull=True),
                name="reference_to_an_area_or_a_commitment",
            ),
            models.UniqueConstraint(fields=["item", "area", "commitment"], nulls_distinct=False, name="reference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.area or self.commitment}: {self.item}"
