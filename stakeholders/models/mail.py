from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stakeholders import languages
from stakeholders.models.user import User


class DropReason(models.TextChoices):
    """Why a person was in the end not told."""

    NOTHING_DUE = "nothing_due", _("Nothing was due from this person any more")
    UNSUBSCRIBED = "unsubscribed", _("This person has unsubscribed from digests")
    REPLACED = "replaced", _("A later digest says it")


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self, at: datetime) -> "MailQuerySet":
        """Due and in nobody's hands: never tried, tried in vain, or left by a worker that died."""
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=at)
        open_ = self.filter(sent_at__isnull=True, dropped_at__isnull=True, person__is_active=True)
        return open_.filter(free, due_at__lte=at)


class Mail(models.Model):
    """A fact a person is told by e-mail, once, in their language; the row is the proof of sending.

    A mail with a topic gets its words when it is sent, from what holds then; it is dropped when nothing does.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("to whom"))
    fact = models.CharField(_("fact"), max_length=200)
    topic = models.CharField(_("topic"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=languages.CHOICES)
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("body"), blank=True)
    queued_at = models.DateTimeField(_("queued at"))
    due_at = models.DateTimeField(_("due at"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    address = models.EmailField(_("sent to"), blank=True)
    message_id = models.CharField("Message-ID", max_length=200, blank=True)
    dropped_at = models.DateTimeField(_("dropped at"), null=True, blank=True)
    dropped_because = models.CharField(_("why it was not sent"), max_length=20, blank=True, choices=DropReason)
    is_secret = models.BooleanField(_("erased once sent"), default=False)
    trouble = models.CharField(_("why the last attempt failed"), max_length=300, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["-queued_at"]
        constraints = [models.UniqueConstraint(fields=["person", "fact"], name="mail_once_per_fact")]
        indexes = [models.Index(fields=["sent_at", "due_at"], name="mail_waiting")]

    def __str__(self) -> str:
        return f"{self.person}: {self.subject}"
