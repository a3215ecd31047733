from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from progress.models.reminder import Reminder
from stakeholders.models import DropReason, Mail, User


class NoticeReason(models.TextChoices):
    """Why this person is told of this stakeholder."""

    WRITES = "writes", pgettext_lazy("notice", "Writes for it")
    STANDS_IN = "stands_in", pgettext_lazy("notice", "Stands in as deputy")
    NOBODY_ELSE = "nobody_else", pgettext_lazy("notice", "Officer, since nobody else can be told")


class Notice(models.Model):
    """A person is told of a stakeholder's open answers, by the mail of that day; the proof of sending.

    `on` is the day where the person is. Without a mail, and when the mail went out without this stakeholder,
    `left_out` says why.
    """

    reminder = models.ForeignKey(Reminder, models.PROTECT, related_name="notices", verbose_name=_("reminder"))
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("to whom"))
    on = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=20, choices=NoticeReason)
    mail = models.ForeignKey(Mail, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("e-mail"))
    left_out = models.CharField(_("why it was not sent"), max_length=20, blank=True, choices=DropReason)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["reminder", "person"], name="notice_once")]
        indexes = [models.Index(fields=["person", "on"], name="notice_person_on")]

    def __str__(self) -> str:
        return f"{self.reminder}: {self.person}"

    @property
    def why_not_sent(self) -> str:
        """In words; empty once it is sent."""
        if self.left_out:
            return self.get_left_out_display()
        if self.mail is None or self.mail.sent_at:
            return ""
        if self.mail.dropped_at:
            return self.mail.get_dropped_because_display()
        if not self.person.is_active:
            return gettext("The account is closed")
        return gettext("Waits for the mail server") if self.mail.trouble else gettext("Waits to be sent")
