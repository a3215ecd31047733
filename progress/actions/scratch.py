"""Autosave: what is typed is kept for its author alone, outside the versions, until they save or discard it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from progress import policies
from progress.models import Assignment, Scratch
from stakeholders.models import User

MOST_CHARACTERS = 40_000  # more than all fields of the form hold together


def keep_scratch(
    *, assignment: Assignment, person: User, based_on: int, content: dict[str, str], at: datetime | None = None
) -> Scratch:
    """Keep the words as typed, sound or not, in place of what was kept before. Raises PermissionDenied."""
    at = at or timezone.now()
    if not policies.may_write_update(person, assignment, at=at):
        raise PermissionDenied
    if sum(len(value) for value in content.values()) > MOST_CHARACTERS:
        raise PermissionDenied
    scratch, _created = Scratch.objects.update_or_create(
        assignment=assignment, person=person, defaults={"based_on": based_on, "content": content, "kept_at": at}
    )
    return scratch


def discard_scratch(*, assignment: Assignment, person: User) -> None:
    Scratch.objects.filter(assignment=assignment, person=person).delete()
