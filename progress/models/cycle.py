import calendar
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.dates import quarter_name

DAYS_FROM_DUE_TO_CLOSING = 15


class CycleState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("cycle", "Planned")
    OPEN = "open", pgettext_lazy("cycle", "Open")
    CLOSED = "closed", pgettext_lazy("cycle", "Closed")


class CycleScope(models.TextChoices):
    """Who is asked. A cycle made of published sources asks nobody but the Secretariat."""

    EVERYONE = "everyone", pgettext_lazy("cycle scope", "All stakeholders")
    SECRETARIAT = "secretariat", pgettext_lazy("cycle scope", "The Secretariat alone")


class CycleQuerySet(models.QuerySet["Cycle"]):
    def open(self) -> "CycleQuerySet":
        return self.filter(state=CycleState.OPEN)

    def begun(self) -> "CycleQuerySet":
        return self.exclude(state=CycleState.PLANNED)

    def before(self, cycle: "Cycle") -> "CycleQuerySet":
        """Cycles that came before this one and have begun, the newest first."""
        earlier = models.Q(year__lt=cycle.year) | models.Q(year=cycle.year, quarter__lt=cycle.quarter)
        return self.begun().filter(earlier).newest_first()

    def newest_first(self) -> "CycleQuerySet":
        return self.order_by("-year", "-quarter")


class Cycle(models.Model):
    """A review period: one calendar quarter. Updates are due on its last day and taken until it closes."""

    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2018), MaxValueValidator(2100)])
    quarter = models.PositiveSmallIntegerField(_("quarter"), validators=[MinValueValidator(1), MaxValueValidator(4)])
    scope = models.CharField(_("who is asked"), max_length=20, choices=CycleScope, default=CycleScope.EVERYONE)
    state = models.CharField(_("state"), max_length=20, choices=CycleState, default=CycleState.PLANNED)
    opens_on = models.DateField(_("opens on"))
    due_on = models.DateField(_("due on"))
    closes_on = models.DateField(_("closes on"))

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "quarter"],
                name="cycle_once",
                violation_error_message=_("There is a cycle for this quarter already."),
            )
        ]

    def __str__(self) -> str:
        return quarter_name(self.year, self.quarter)

    @classmethod
    def for_quarter(cls, year: int, quarter: int, *, scope: str = CycleScope.EVERYONE) -> "Cycle":
        """An unsaved cycle with the dates of that calendar quarter."""
        last_month = quarter * 3
        due_on = date(year, last_month, calendar.monthrange(year, last_month)[1])
        return cls(
            year=year,
            quarter=quarter,
            scope=scope,
            opens_on=date(year, last_month - 2, 1),
            due_on=due_on,
            closes_on=due_on + timedelta(days=DAYS_FROM_DUE_TO_CLOSING),
        )

    @property
    def key(self) -> str:
        """The cycle in addresses: 2026-q4."""
        return f"{self.year}-q{self.quarter}"

    @property
    def order(self) -> tuple[int, int]:
        """By which cycles follow each other."""
        return self.year, self.quarter

    def takes_updates_on(self, day: date) -> bool:
        return self.state == CycleState.OPEN and day <= self.closes_on

    def clean(self) -> None:
        if not self.opens_on <= self.due_on <= self.closes_on:
            raise ValidationError({"due_on": _("The due date must lie between opening and closing.")})


def quarter_of(day: date) -> tuple[int, int]:
    """(year, quarter) of a day. Quarters are those of the calendar, in UTC."""
    return day.year, (day.month - 1) // 3 + 1


def quarter_before(year: int, quarter: int) -> tuple[int, int]:
    return (year - 1, 4) if quarter == 1 else (year, quarter - 1)
