"""Inside the stakeholder: an approver agrees, or sends the text back to its author."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from progress import policies
from progress.actions.moves import move, submit
from progress.actions.writing import require_open
from progress.models import Update, Verb
from stakeholders.models import User
from stakeholders.text import clean_body


def approve_update(*, update: Update, approver: User, based_on: int, at: datetime | None = None) -> None:
    """Agree to what an author handed over: it goes to the Secretariat, word for word.

    Raises PermissionDenied, ValidationError when the cycle is over, StaleVersion, Conflict.
    """
    at = at or timezone.now()
    _require_approver(update, approver, at)
    require_open(update.assignment.cycle, at)
    with transaction.atomic():
        submit(update, actor=approver, based_on=based_on, at=at)


def send_back_update(*, update: Update, approver: User, based_on: int, reason: str, at: datetime | None = None) -> None:
    """Send it back to its author, with the reason. The Secretariat sees nothing of it."""
    at = at or timezone.now()
    _require_approver(update, approver, at)
    reason = clean_body(reason)
    if not reason:
        raise ValidationError({"reason": _("Give the reason; the author sees nothing else.")})
    with transaction.atomic():
        move(update, Verb.SEND_BACK, actor=approver, based_on=based_on, at=at, reason=reason)


def _require_approver(update: Update, approver: User, at: datetime) -> None:
    if not policies.may_approve(approver, update.assignment, at=at):
        raise PermissionDenied
