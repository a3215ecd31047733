from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from progress import policies
from progress.actions.indexing import index_update
from progress.actions.moves import move, put_in_public, take_out_of_public
from progress.models import Update, UpdateState, UpdateVersion, Verb
from stakeholders import diary
from stakeholders.models import User
from stakeholders.text import clean_body


def return_update(*, update: Update, officer: User, based_on: int, reason: str, at: datetime | None = None) -> None:
    """Send a submitted or accepted update back to its author. The reason is required: it is all they see."""
    _require_reviewer(officer)
    reason = _sound_reason(reason)
    with transaction.atomic():
        move(update, Verb.RETURN, actor=officer, based_on=based_on, at=at or timezone.now(), reason=reason)


def accept_update(*, update: Update, officer: User, based_on: int, at: datetime | None = None) -> None:
    """Find a submitted update sound. It is public only once somebody publishes it."""
    _require_reviewer(officer)
    with transaction.atomic():
        move(update, Verb.ACCEPT, actor=officer, based_on=based_on, at=at or timezone.now())


def publish_update(*, update: Update, officer: User, based_on: int, at: datetime | None = None) -> None:
    """Show an accepted update to everyone, in place of the version shown so far.

    PermissionDenied for whoever wrote the text: publication takes two people.
    """
    at = at or timezone.now()
    _require_reviewer(officer)
    with transaction.atomic():
        move(update, Verb.PUBLISH, actor=officer, based_on=based_on, at=at)
        version = update.versions.get(number=based_on)
        if not policies.may_publish(officer, version):
            raise PermissionDenied
        put_in_public(version, officer, at)


def withdraw_update(*, update: Update, officer: User, reason: str, at: datetime | None = None) -> None:
    """Take the published version out of public view. A correction in the making is not touched."""
    at = at or timezone.now()
    _require_reviewer(officer)
    reason = _sound_reason(reason)
    with transaction.atomic():
        # In the order of a publication, the update and then the diary, so that neither waits for the other for ever.
        Update.objects.select_for_update().filter(pk=update.pk).first()
        diary.lock_chain()
        public = take_out_of_public(update, at)
        if public is None:
            raise ValidationError(_("This update is not public, so it cannot be withdrawn."))
        if update.state == UpdateState.PUBLISHED:
            move(update, Verb.WITHDRAW, actor=officer, based_on=update.version, at=at, reason=reason)
        else:
            _note_withdrawal(public, officer, at, reason)
        index_update(update.pk)


def _note_withdrawal(public: UpdateVersion, officer: User, at: datetime, reason: str) -> None:
    update = public.update
    update.transitions.create(
        verb=Verb.WITHDRAW,
        from_state=update.state,
        version_number=public.number,
        actor=officer,
        at=at,
        reason=reason,
    )
    diary.record(actor=officer, verb="update.withdraw", subject=update, at=at, version=public.number)


def _require_reviewer(officer: User) -> None:
    if not policies.may_review(officer):
        raise PermissionDenied


def _sound_reason(reason: str) -> str:
    reason = clean_body(reason)
    if not reason:
        raise ValidationError({"reason": _("Give the reason; the author sees nothing else.")})
    return reason
