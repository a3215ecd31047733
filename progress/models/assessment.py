from datetime import datetime

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from progress.models.assignment import Assignment
from progress.models.publicity import public
from stakeholders import languages
from stakeholders.models import Appointment, User
from stakeholders.text import validate_body


class Rating(models.TextChoices):
    """The Secretariat's own ladder. It is never mixed with the status a stakeholder reports."""

    NO_INFORMATION = "no_information", pgettext_lazy("rating", "No information received")
    NONE_SEEN = "none_seen", pgettext_lazy("rating", "No progress seen")
    SOME = "some", pgettext_lazy("rating", "Some progress")
    SUBSTANTIAL = "substantial", pgettext_lazy("rating", "Substantial progress")
    FULFILLED = "fulfilled", pgettext_lazy("rating", "Fulfilled")


class AssessmentState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("assessment", "Draft")
    SHOWN = "shown", pgettext_lazy("assessment", "Shown to the stakeholder")
    PUBLISHED = "published", pgettext_lazy("assessment", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("assessment", "Withdrawn")


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def of_person(self, user: User, *, at: datetime) -> "AssessmentQuerySet":
        """Those a stakeholder of this person has been shown."""
        theirs = Appointment.objects.on(at.date()).filter(person=user).values("stakeholder")
        shown = AssessmentVersion.objects.filter(assessment=OuterRef("pk"), shown_at__isnull=False)
        return self.filter(Exists(shown), assignment__stakeholder__in=theirs)

    def with_everything(self) -> "AssessmentQuerySet":
        return self.select_related("assignment__cycle", "assignment__stakeholder", "assignment__commitment__area")


class Assessment(models.Model):
    """The Secretariat's own reading of an assignment. `version` is the number of the text being worked on."""

    assignment = models.OneToOneField(
        Assignment, models.PROTECT, related_name="assessment", verbose_name=_("assignment")
    )
    state = models.CharField(_("state"), max_length=20, choices=AssessmentState, default=AssessmentState.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=0)
    changed_at = models.DateTimeField(_("changed at"))

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")

    def __str__(self) -> str:
        return str(self.assignment)


class AssessmentVersionQuerySet(models.QuerySet["AssessmentVersion"]):
    def published(self, at: datetime | None = None) -> "AssessmentVersionQuerySet":
        """What the public saw at that instant; without one, what it sees now."""
        return self.filter(public(at))

    def readable_at(self, at: datetime | None) -> "AssessmentVersionQuerySet":
        """What was public then and was not withdrawn since: a later version took its place, or nothing did."""
        if at is None:
            return self.published()
        successors = self.model._default_manager.filter(
            assessment=OuterRef("assessment"), published_at=OuterRef("unpublished_at")
        )
        return self.published(at).filter(Q(unpublished_at__isnull=True) | Exists(successors))


class AssessmentVersion(models.Model):
    """One text of an assessment. Its words never change; it is shown to the stakeholder before everyone sees it."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="versions", verbose_name=_("assessment"))
    number = models.PositiveIntegerField(_("version"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    created_at = models.DateTimeField(_("written at"))
    language = models.CharField(_("language"), max_length=10, choices=languages.CHOICES)
    rating = models.CharField(pgettext_lazy("assessment", "rating"), max_length=20, choices=Rating)
    reason = models.TextField(_("reason"), validators=[MaxLengthValidator(5_000), validate_body])
    sources = models.TextField(_("sources"), blank=True, validators=[MaxLengthValidator(2_000), validate_body])
    shown_at = models.DateTimeField(_("shown at"), null=True, blank=True)
    reply_until = models.DateField(_("reply awaited until"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("published by")
    )
    unpublished_at = models.DateTimeField(_("no longer public since"), null=True, blank=True)

    objects = AssessmentVersionQuerySet.as_manager()

    CONTENT = ("language", "rating", "reason", "sources")

    class Meta:
        verbose_name = _("version of an assessment")
        verbose_name_plural = _("versions of assessments")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="assessment_version_once"),
            models.UniqueConstraint(
                fields=["assessment"],
                condition=Q(published_at__isnull=False, unpublished_at__isnull=True),
                name="assessment_one_public_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}, {self.number}"

    @property
    def content(self) -> dict[str, str]:
        return {field: getattr(self, field) for field in self.CONTENT}

    @property
    def written_in(self) -> languages.Language:
        return languages.get_language(self.language)

    @property
    def reply(self) -> "AssessmentReply | None":
        """The stakeholder's last word on this text; lists fetch `replies` beforehand."""
        return next(iter(self.replies.all()), None)


class AssessmentReply(models.Model):
    """What the stakeholder says to an assessment, word for word; the newest stands.

    Empty when it has chosen to say nothing.
    """

    version = models.ForeignKey(
        AssessmentVersion, models.PROTECT, related_name="replies", verbose_name=_("version of an assessment")
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    at = models.DateTimeField(_("at"))
    language = models.CharField(_("language"), max_length=10, choices=languages.CHOICES)
    text = models.TextField(_("reply"), blank=True, validators=[MaxLengthValidator(5_000), validate_body])

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.version)

    @property
    def written_in(self) -> languages.Language:
        return languages.get_language(self.language)
