from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from progress.models.evidence import Evidence
from progress.models.publicity import public
from progress.models.transition import Transition, Verb
from progress.models.update import Update
from stakeholders import languages
from stakeholders.models import User
from stakeholders.text import is_mostly_in_script_of, validate_body


class Status(models.TextChoices):
    """The neutral ladder, after the practice of the Special Committee on Peacekeeping Operations."""

    NOT_STARTED = "not_started", pgettext_lazy("status", "Not started")
    IN_PROGRESS = "in_progress", pgettext_lazy("status", "In progress")
    COMPLETED = "completed", pgettext_lazy("status", "Completed")
    ONGOING = "ongoing", pgettext_lazy("status", "Ongoing")
    NOTHING_NEW = "nothing_new", pgettext_lazy("status", "Nothing new to report")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("status", "Not applicable")


class UpdateVersionQuerySet(models.QuerySet["UpdateVersion"]):
    def published(self, at: datetime | None = None) -> "UpdateVersionQuerySet":
        """What the public saw at that instant; without one, what it sees now."""
        return self.filter(public(at))

    def readable_at(self, at: datetime | None) -> "UpdateVersionQuerySet":
        """What was public then and may still be read: what was withdrawn since shows its words on no earlier day."""
        return self.published(at).readable() if at else self.published()

    def ever_published(self) -> "UpdateVersionQuerySet":
        return self.filter(published_at__isnull=False)

    def readable(self) -> "UpdateVersionQuerySet":
        """Public now or once: reports link to superseded texts, so those stay readable.

        Withdrawn ones do not: they were taken out of view for a reason.
        """
        withdrawal = Transition.objects.filter(
            update=OuterRef("update"), verb=Verb.WITHDRAW, version_number=OuterRef("number")
        )
        return self.ever_published().exclude(Q(unpublished_at__isnull=False) & Exists(withdrawal))

    def submitted(self) -> "UpdateVersionQuerySet":
        return self.filter(submitted_at__isnull=False)

    def with_everything(self) -> "UpdateVersionQuerySet":
        return self.select_related(
            "update__assignment__cycle",
            "update__assignment__stakeholder",
            "update__assignment__commitment__area",
        )


class UpdateVersion(models.Model):
    """One text of an update. Its words never change once written; only the public interval is filled in."""

    update = models.ForeignKey(Update, models.PROTECT, related_name="versions", verbose_name=_("update"))
    number = models.PositiveIntegerField(_("version"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("author"))
    from_published_source = models.BooleanField(_("taken from a published source"), default=False)
    created_at = models.DateTimeField(_("written at"))
    language = models.CharField(_("language"), max_length=10, choices=languages.CHOICES)
    status = models.CharField(_("status"), max_length=20, choices=Status, blank=True)
    narrative = models.TextField(_("what was done"), blank=True, validators=[MaxLengthValidator(10_000), validate_body])
    obstacles = models.TextField(
        _("obstacles and support needed"), blank=True, validators=[MaxLengthValidator(5_000), validate_body]
    )
    next_steps = models.TextField(_("next steps"), blank=True, validators=[MaxLengthValidator(5_000), validate_body])
    sources = models.TextField(
        _("evidence and sources"), blank=True, validators=[MaxLengthValidator(2_000), validate_body]
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("published by")
    )
    unpublished_at = models.DateTimeField(_("no longer public since"), null=True, blank=True)

    objects = UpdateVersionQuerySet.as_manager()

    TEXTS = ("narrative", "obstacles", "next_steps", "sources")
    CONTENT = ("language", "status", *TEXTS)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        indexes = [models.Index(fields=["published_at"], name="version_published")]
        constraints = [
            models.UniqueConstraint(fields=["update", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["update"],
                condition=Q(published_at__isnull=False, unpublished_at__isnull=True),
                name="update_one_public_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.update}, {self.number}"

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.unpublished_at is None

    @property
    def written_in(self) -> languages.Language:
        return languages.get_language(self.language)

    @property
    def content(self) -> dict[str, str]:
        return {field: getattr(self, field) for field in self.CONTENT}

    @property
    def headings(self) -> dict[str, str]:
        """Field -> its heading, in the order of the form."""
        return {field: capfirst(str(self._meta.get_field(field).verbose_name)) for field in self.TEXTS}  # type: ignore[union-attr] # none of TEXTS is a relation

    @property
    def evidence(self) -> QuerySet[Evidence]:
        """What bears out this text, for everyone or not. Pages for everyone read `public_evidence`."""
        return self.update.evidence.of_version(self.number)

    @property
    def public_evidence(self) -> list[Evidence]:
        """What everyone may see of it; lists of versions fetch `update__evidence` beforehand."""
        return [piece for piece in self.update.evidence.all() if piece.is_public and piece.belongs_to(self.number)]

    @property
    def written_parts(self) -> list[tuple[str, str, languages.Language]]:
        """(heading, text, language) of whatever was written, in the order of the form."""
        language = languages.get_language(self.language)
        return [(heading, text, language) for field, heading in self.headings.items() if (text := getattr(self, field))]

    def clean(self) -> None:
        texts = " ".join(getattr(self, field) for field in self.TEXTS[:3])
        if self.language in languages.CODES and not is_mostly_in_script_of(texts, self.language):
            raise ValidationError(
                {
                    "language": ValidationError(
                        _("The text is not written in %(language)s. Choose the language it is written in."),
                        params={"language": languages.get_language(self.language).name},
                    )
                }
            )

    def clean_for_submission(self) -> None:
        """What a draft may lack and a submitted update may not. Raises ValidationError keyed by field."""
        errors = {}
        if not self.status:
            errors["status"] = _("Choose a status.")
        if not self.narrative and self.status != Status.NOTHING_NEW:
            errors["narrative"] = _("Say what was done, or why nothing was.")
        if errors:
            raise ValidationError(errors)
