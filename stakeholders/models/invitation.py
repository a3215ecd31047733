from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models.user import User

LASTS = timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime) -> "InvitationQuerySet":
        """Those that still open an account: not used, not replaced, not out of time."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at, person__is_active=True)


class Invitation(models.Model):
    """A link by which a person opens their account, once. Only its fingerprint is kept."""

    person = models.ForeignKey(User, models.PROTECT, related_name="invitations", verbose_name=_("person"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("invited at"))
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.person}, {self.created_at:%Y-%m-%d}"
