import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from progress.models.update import Update
from progress.uploads.kinds import MEDIA_TYPES
from stakeholders import languages
from stakeholders.models import User
from stakeholders.text import validate_single_line

# A/72/19, S/RES/2378 (2017), A/C.4/73/SR.1, A/74/5 (Vol. II)
SYMBOL = re.compile(r"[A-Z][A-Z0-9.]*(/[A-Za-z0-9.-]+)+( ?\([A-Za-z0-9. ]+\))*\Z")


class EvidenceKind(models.TextChoices):
    FILE = "file", pgettext_lazy("evidence", "File")
    LINK = "link", pgettext_lazy("evidence", "Link")
    SYMBOL = "symbol", pgettext_lazy("evidence", "Document symbol")


class Visibility(models.TextChoices):
    REVIEW = "review", pgettext_lazy("evidence", "Only for the review")
    PUBLIC = "public", pgettext_lazy("evidence", "Everyone, once the update is published")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def of_version(self, number: int) -> "EvidenceQuerySet":
        """Among one update's evidence, what belongs to the version with this number."""
        return self.filter(Q(until_version__isnull=True) | Q(until_version__gt=number), from_version__lte=number)

    def files(self) -> "EvidenceQuerySet":
        return self.filter(kind=EvidenceKind.FILE)


class Evidence(models.Model):
    """What bears out an update: a file, a link or a document symbol, from one version up to another.

    Nothing about it changes once written but `until_version`, the version with which it was removed.
    """

    update = models.ForeignKey(Update, models.PROTECT, related_name="evidence", verbose_name=_("update"))
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind)
    title = models.CharField(_("title"), max_length=200, validators=[validate_single_line])
    language = models.CharField(_("language"), max_length=10, choices=languages.CHOICES)
    visibility = models.CharField(_("visible to"), max_length=10, choices=Visibility, default=Visibility.REVIEW)
    link = models.CharField(
        _("link"),
        max_length=1_000,
        blank=True,
        validators=[
            validate_single_line,
            URLValidator(["http", "https"], message=_("Give a full address that begins with https:// or http://.")),
        ],
    )
    symbol = models.CharField(
        _("document symbol"),
        max_length=60,
        blank=True,
        validators=[
            RegexValidator(
                SYMBOL, _("Give the symbol as it stands on the document, like A/72/19 or S/RES/2378 (2017).")
            )
        ],
    )
    stored_as = models.CharField(_("stored as"), max_length=40, blank=True, editable=False)
    file_name = models.CharField(_("file name"), max_length=150, blank=True, validators=[validate_single_line])
    content_type = models.CharField(_("content type"), max_length=100, blank=True, choices=MEDIA_TYPES)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    carries = models.JSONField(_("what the file tells about people and places"), default=list, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added at"))
    from_version = models.PositiveIntegerField(_("from version"))
    until_version = models.PositiveIntegerField(_("removed with version"), null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_version__isnull=True) | Q(until_version__gt=F("from_version")),
                name="evidence_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(kind=EvidenceKind.FILE, link="", symbol="") & ~Q(stored_as="")
                | Q(kind=EvidenceKind.LINK, stored_as="", symbol="") & ~Q(link="")
                | Q(kind=EvidenceKind.SYMBOL, stored_as="", link="") & ~Q(symbol=""),
                name="evidence_is_one_of_three",
            ),
            models.UniqueConstraint(fields=["stored_as"], condition=~Q(stored_as=""), name="evidence_file_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC

    @property
    def written_in(self) -> languages.Language:
        return languages.get_language(self.language)

    @property
    def people_carried(self) -> list[str]:
        return [found["text"] for found in self.carries if found["kind"] == "person"]

    @property
    def carries_place(self) -> bool:
        return any(found["kind"] == "place" for found in self.carries)

    @property
    def type_label(self) -> str:
        """PDF, PNG, ..."""
        return self.get_content_type_display()

    def belongs_to(self, number: int) -> bool:
        """The rule of `of_version` for a row at hand."""
        return self.from_version <= number and (self.until_version is None or number < self.until_version)

    def says_the_same_as(self, other: "Evidence") -> bool:
        """Whether adding `other` beside this one would add nothing."""
        fields = ("kind", "title", "visibility", "link", "symbol", "sha256")
        return all(getattr(self, field) == getattr(other, field) for field in fields)

    def clean(self) -> None:
        if "@" in urlsplit(self.link).netloc:
            raise ValidationError({"link": _("Remove what stands before the @: it hides where the link leads.")})
