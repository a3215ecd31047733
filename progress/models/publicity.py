"""When a version was before everyone's eyes: one rule for updates and assessments."""

from datetime import datetime

from django.db.models import Q


def public(at: datetime | None = None) -> Q:
    """What the public saw at that instant; without one, what it sees now."""
    if at is None:
        return Q(published_at__isnull=False, unpublished_at__isnull=True)
    still = Q(unpublished_at__isnull=True) | Q(unpublished_at__gt=at)
    return still & Q(published_at__lte=at)
