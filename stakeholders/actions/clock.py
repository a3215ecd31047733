"""The clock leaves a mark, by which others tell that it runs."""

from datetime import datetime

from django.utils import timezone

from stakeholders.models.clock import BEAT, ClockTick


def note_tick(*, at: datetime | None = None) -> None:
    """A late message does not turn the clock back."""
    at = at or timezone.now()
    tick, created = ClockTick.objects.get_or_create(name=BEAT, defaults={"at": at})
    if not created:
        ClockTick.objects.filter(pk=tick.pk, at__lt=at).update(at=at)
