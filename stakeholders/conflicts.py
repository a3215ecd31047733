"""Refusals that are nobody's fault: somebody else was faster."""

from django.db.models import Model


class Conflict(Exception):
    """The record is not in a state that allows this step any more. The text says which state it is in."""


class Stale(Conflict):
    """A save on a version that has moved on. `current` is what was saved meanwhile."""

    def __init__(self, current: Model, words: str) -> None:
        super().__init__(words)
        self.current = current
