"""The one place where an update changes its state."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from progress.conflicts import Conflict, StaleVersion
from progress.models import Transition, Update, UpdateState, UpdateVersion, Verb
from stakeholders import diary
from stakeholders.models import User


@dataclass(frozen=True)
class Move:
    before: frozenset[str]
    after: str


MOVES = {
    Verb.SUBMIT: Move(frozenset({UpdateState.DRAFT}), UpdateState.SUBMITTED),
    Verb.RETURN: Move(frozenset({UpdateState.SUBMITTED, UpdateState.ACCEPTED}), UpdateState.RETURNED),
    Verb.ACCEPT: Move(frozenset({UpdateState.SUBMITTED}), UpdateState.ACCEPTED),
    Verb.PUBLISH: Move(frozenset({UpdateState.ACCEPTED}), UpdateState.PUBLISHED),
    Verb.WITHDRAW: Move(frozenset({UpdateState.PUBLISHED}), UpdateState.WITHDRAWN),
}


def move(
    update: Update, verb: Verb, *, actor: User | None, based_on: int, at: datetime, reason: str = ""
) -> None:
    """Take one step, inside the caller's transaction.

    Raises StaleVersion when the text is another than the one decided on (`based_on`), Conflict when the
    update has left the state the step starts from. The conditional UPDATE decides, so one of many wins.
    """
    step = MOVES[verb]
    before = update.state
    same = Update.objects.filter(pk=update.pk, state=before, version=based_on)
    if before not in step.before or same.update(state=step.after, changed_at=at) != 1:
        raise refusal(update, based_on)
    update.state, update.changed_at = step.after, at
    transition = Transition(
        update=update, verb=verb, from_state=before, version_number=based_on, actor=actor, at=at, reason=reason
    )
    transition.full_clean(exclude=["update", "actor"])
    transition.save(force_insert=True)
    diary.record(actor=actor, verb=f"update.{verb.value}", subject=update, at=at, version=based_on, from_state=before)


def refusal(update: Update, based_on: int) -> Conflict:
    """Why a conditional UPDATE touched no row."""
    update.refresh_from_db()
    if update.version != based_on:
        return StaleVersion(update.versions.get(number=update.version))
    return Conflict(
        _("This update is in the state “%(state)s” by now, so this step cannot be taken.")
        % {"state": update.get_state_display()}
    )


def put_in_public(version: UpdateVersion, officer: User | None, at: datetime) -> None:
    """Show this version from now on, and the one shown so far no longer."""
    UpdateVersion.objects.published().filter(update=version.update).update(unpublished_at=at)
    UpdateVersion.objects.filter(pk=version.pk).update(published_at=at, published_by=officer)
