"""Refusals that are nobody's fault: somebody else was faster. Doors answer 409 and show both texts."""

from progress.models import UpdateVersion


class Conflict(Exception):
    """The update is not in a state that allows this step any more. The text says which state it is in."""


class StaleVersion(Conflict):
    """A save on a version that has moved on. `current` is the text saved meanwhile."""

    def __init__(self, current: UpdateVersion) -> None:
        super().__init__(f"version {current.number} was saved meanwhile")
        self.current = current
