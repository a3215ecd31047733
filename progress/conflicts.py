"""Refusals that are nobody's fault: somebody else was faster. Doors answer 409 and show both texts."""

from progress.models import UpdateVersion
from stakeholders.conflicts import Conflict, Stale

__all__ = ["Conflict", "StaleVersion"]


class StaleVersion(Stale):
    """A save on a version that has moved on. `current` is the text saved meanwhile."""

    current: UpdateVersion

    def __init__(self, current: UpdateVersion) -> None:
        super().__init__(current, f"version {current.number} was saved meanwhile")
