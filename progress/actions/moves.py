"""The one place where an update changes its state."""

from datetime import datetime

from django.utils.translation import gettext as _

from progress.actions.indexing import index_update
from progress.actions.tallying import tally_answer
from progress.conflicts import Conflict, StaleVersion
from progress.models import Transition, Update, UpdateState, UpdateVersion, Verb
from progress.models.transition import STATES_AFTER
from stakeholders import diary
from stakeholders.models import User

STATES_BEFORE = {
    Verb.PROPOSE: {UpdateState.DRAFT},
    Verb.SEND_BACK: {UpdateState.AWAITING_APPROVAL},
    Verb.SUBMIT: {UpdateState.DRAFT, UpdateState.AWAITING_APPROVAL},
    Verb.RETURN: {UpdateState.SUBMITTED, UpdateState.ACCEPTED},
    Verb.ACCEPT: {UpdateState.SUBMITTED},
    Verb.PUBLISH: {UpdateState.ACCEPTED},
    Verb.WITHDRAW: {UpdateState.PUBLISHED},
}


def move(update: Update, verb: Verb, *, actor: User | None, based_on: int, at: datetime, reason: str = "") -> None:
    """Take one step, inside the caller's transaction.

    Raises StaleVersion when the text is another than the one decided on (`based_on`), Conflict when the
    update has left the state the step starts from. The conditional UPDATE decides, so one of many wins.
    """
    before = update.state
    same = Update.objects.filter(pk=update.pk, state=before, version=based_on)
    if before not in STATES_BEFORE[verb] or same.update(state=STATES_AFTER[verb], changed_at=at) != 1:
        raise refusal(update, based_on)
    transition = step(update, verb, actor=actor, based_on=based_on, at=at, reason=reason)
    transition.save(force_insert=True)
    diary.record_several([line_of(transition)])


def step(
    update: Update, verb: Verb, *, actor: User | None, based_on: int, at: datetime, reason: str = ""
) -> Transition:
    """The step as it is to be written, sound, for a row the caller holds; `update` shows its outcome."""
    before = update.state
    update.state, update.changed_at = STATES_AFTER[verb], at
    transition = Transition(
        update=update,
        verb=verb,
        from_state=before,
        version_number=based_on,
        actor=actor,
        at=at,
        reason=reason,
    )
    transition.full_clean(exclude=["update", "actor"])
    return transition


def line_of(done: Transition) -> diary.Line:
    """What the diary says of a step."""
    detail = {"version": done.version_number, "from_state": done.from_state}
    return diary.Line(done.actor, f"update.{Verb(done.verb).value}", done.update, done.at, detail)


def refusal(update: Update, based_on: int) -> Conflict:
    """Why a conditional UPDATE touched no row."""
    update.refresh_from_db()
    if update.version and update.version != based_on:
        return StaleVersion(update.versions.get(number=update.version))
    return out_of_state(update)


def out_of_state(update: Update) -> Conflict:
    return Conflict(
        _("This update is in the state “%(state)s” by now, so this step cannot be taken.")
        % {"state": update.get_state_display()}
    )


def submit(update: Update, *, actor: User, based_on: int, at: datetime) -> None:
    """Hand the text to the Secretariat: from now on its officers see it. Raises as `move` does."""
    move(update, Verb.SUBMIT, actor=actor, based_on=based_on, at=at)
    update.versions.filter(number=based_on).update(submitted_at=at)


def put_in_public(version: UpdateVersion, officer: User | None, at: datetime) -> None:
    """Show this version from now on, and the one shown so far no longer."""
    take_out_of_public(version.update, at)
    UpdateVersion.objects.filter(pk=version.pk).update(published_at=at, published_by=officer)
    tally_answer(version, +1, at)
    index_update(version.update_id)


def take_out_of_public(update: Update, at: datetime) -> UpdateVersion | None:
    """Show none of its versions any more. Returns the one that was shown, if there was one."""
    shown = UpdateVersion.objects.published().filter(update=update).first()
    if shown is None or UpdateVersion.objects.published().filter(pk=shown.pk).update(unpublished_at=at) != 1:
        return None
    tally_answer(shown, -1, at)
    return shown
