from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from progress.models.assignment import Assignment


class UpdateState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("update", "Draft")
    AWAITING_APPROVAL = "awaiting_approval", pgettext_lazy("update", "Awaiting approval")
    SUBMITTED = "submitted", pgettext_lazy("update", "Submitted")
    RETURNED = "returned", pgettext_lazy("update", "Returned")
    ACCEPTED = "accepted", pgettext_lazy("update", "Accepted")
    PUBLISHED = "published", pgettext_lazy("update", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("update", "Withdrawn")


# Saving in one of these makes a new draft version; the published version, if any, stays in view.
EDITABLE = (
    UpdateState.DRAFT,
    UpdateState.AWAITING_APPROVAL,
    UpdateState.RETURNED,
    UpdateState.PUBLISHED,
    UpdateState.WITHDRAWN,
)
# With its stakeholder: the Secretariat has nothing to decide yet, or nothing any more.
WITH_STAKEHOLDER = (UpdateState.DRAFT, UpdateState.AWAITING_APPROVAL, UpdateState.RETURNED)


class UpdateQuerySet(models.QuerySet["Update"]):
    def waiting_for_review(self) -> "UpdateQuerySet":
        return self.filter(state__in=[UpdateState.SUBMITTED, UpdateState.ACCEPTED])

    def seen_by_secretariat(self) -> "UpdateQuerySet":
        """A draft nobody has submitted yet belongs to its stakeholder alone."""
        return self.filter(versions__submitted_at__isnull=False).distinct()


class Update(models.Model):
    """What a stakeholder says for an assignment. `version` is the number of the text being worked on."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="update", verbose_name=_("assignment"))
    state = models.CharField(_("state"), max_length=20, choices=UpdateState, default=UpdateState.DRAFT, db_index=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    changed_at = models.DateTimeField(_("changed at"))

    objects = UpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")

    def __str__(self) -> str:
        return str(self.assignment)

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE
