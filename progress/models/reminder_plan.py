import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models import OwnerKind

# Answers to collective commitments are invited, not expected, and nobody is reminded of an invitation.
PLANNED_KINDS = [choice for choice in OwnerKind.choices if choice[0] != OwnerKind.COLLECTIVE]
DEFAULT_DAYS = (14, 7, 1, -3, -10)
EARLIEST, LATEST, MOST_DAYS = 90, -60, 10
SEPARATORS = re.compile(r"[\s,;،、，]+")


def parse_days(text: str) -> tuple[int, ...]:
    """ "14, 7, 1, -3" as days before (+) and after (-) the due date, the earliest first. Raises ValidationError."""
    words = [word for word in SEPARATORS.split(text.strip().replace("−", "-")) if word]
    for word in words:
        if not re.fullmatch(r"[+-]?\d{1,3}", word) or not LATEST <= int(word) <= EARLIEST:
            raise ValidationError(
                _("“%(word)s” is not a number of days between %(least)s and %(most)s."),
                params={"word": word, "least": LATEST, "most": EARLIEST},
            )
    days = sorted({int(word) for word in words}, reverse=True)
    if len(days) > MOST_DAYS:
        raise ValidationError(_("A plan has at most %(most)s days."), params={"most": MOST_DAYS})
    return tuple(days)


def write_days(days: tuple[int, ...]) -> str:
    return ", ".join(str(day) for day in days)


def validate_days(text: str) -> None:
    parse_days(text)


class ReminderPlan(models.Model):
    """When those who lead a kind of commitment are reminded. An owner kind without a row has the default days."""

    owner_kind = models.CharField(_("owner kind"), max_length=20, choices=PLANNED_KINDS, unique=True)
    days = models.CharField(_("days"), max_length=100, blank=True, validators=[validate_days])

    class Meta:
        verbose_name = _("reminder plan")
        verbose_name_plural = _("reminder plans")

    def __str__(self) -> str:
        return f"{self.get_owner_kind_display()}: {self.days}"
