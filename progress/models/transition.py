from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from progress.models.update import Update, UpdateState
from stakeholders.models import User
from stakeholders.text import validate_body


class Verb(models.TextChoices):
    PROPOSE = "propose", pgettext_lazy("transition", "Handed to the approver")
    SEND_BACK = "send_back", pgettext_lazy("transition", "Sent back by the approver")
    SUBMIT = "submit", pgettext_lazy("transition", "Submitted")
    RETURN = "return", pgettext_lazy("transition", "Returned")
    ACCEPT = "accept", pgettext_lazy("transition", "Accepted")
    PUBLISH = "publish", pgettext_lazy("transition", "Published")
    WITHDRAW = "withdraw", pgettext_lazy("transition", "Withdrawn")


STATES_AFTER = {
    Verb.PROPOSE: UpdateState.AWAITING_APPROVAL,
    Verb.SEND_BACK: UpdateState.RETURNED,
    Verb.SUBMIT: UpdateState.SUBMITTED,
    Verb.RETURN: UpdateState.RETURNED,
    Verb.ACCEPT: UpdateState.ACCEPTED,
    Verb.PUBLISH: UpdateState.PUBLISHED,
    Verb.WITHDRAW: UpdateState.WITHDRAWN,
}


class Transition(models.Model):
    """One step an update took, with the reason when a person must give one."""

    update = models.ForeignKey(Update, models.PROTECT, related_name="transitions", verbose_name=_("update"))
    verb = models.CharField(_("step"), max_length=20, choices=Verb)
    from_state = models.CharField(max_length=20, choices=UpdateState)
    version_number = models.PositiveIntegerField(_("version"))
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("who"))
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"), blank=True, validators=[MaxLengthValidator(2_000), validate_body])

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.update}: {self.get_verb_display()}"

    @property
    def state_after(self) -> str:
        """The state an update is in after a step like this one."""
        return STATES_AFTER[Verb(self.verb)]
