"""From what signed-in people were kept: one rule for every door."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from stakeholders import actions
from stakeholders.guards import Refused
from stakeholders.models import User


def note(request: HttpRequest, exception: Exception) -> None:
    """Has the diary note it where the exception keeps a person from something."""
    match, person = request.resolver_match, request.user
    if not isinstance(exception, (PermissionDenied, Refused)) or not isinstance(person, User) or not match:
        return
    record = getattr(exception, "record", None)
    numbers = [str(value) for value in match.kwargs.values() if isinstance(value, (int, UUID))]
    actions.note_refusal(
        person=person,
        method=request.method or "",
        route=match.view_name,
        record=f"{record._meta.label_lower}:{record.pk}" if record else ",".join(numbers),
    )
