from collections.abc import Collection
from datetime import datetime
from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from progress import policies
from progress.actions.evidence import EvidenceChange
from progress.actions.moves import move, refusal, submit
from progress.actions.receiving import NewEvidence, sound_change
from progress.conflicts import StaleVersion
from progress.models import Assignment, Cycle, Scratch, Update, UpdateState, UpdateVersion, Verb
from progress.models.update import EDITABLE
from stakeholders import diary
from stakeholders.dates import long_date
from stakeholders.models import User
from stakeholders.text import clean_body


class Content(TypedDict, total=False):
    language: str
    status: str
    narrative: str
    obstacles: str
    next_steps: str
    sources: str


def save_draft(
    *,
    assignment: Assignment,
    author: User,
    based_on: int,
    at: datetime | None = None,
    evidence: NewEvidence | None = None,
    remove: Collection[int] = (),
    **content: Unpack[Content],
) -> UpdateVersion:
    """Write a new version of the text and leave it a draft.

    `based_on` is the number of the version the author had before them, 0 for none. `evidence` is a piece to add,
    `remove` the ids of those to take away. Saving the same words and evidence twice is saving once.
    Raises PermissionDenied, ValidationError (keyed by field), StaleVersion, Conflict.
    """
    at = at or timezone.now()
    version = _sound_version(assignment, author, at, content)
    change = sound_change(evidence, remove, assignment=assignment, author=author, at=at)
    with change.keeping_file(), transaction.atomic():
        return _write(assignment, version, based_on, change)


def submit_update(
    *,
    assignment: Assignment,
    author: User,
    based_on: int,
    at: datetime | None = None,
    evidence: NewEvidence | None = None,
    remove: Collection[int] = (),
    **content: Unpack[Content],
) -> UpdateVersion:
    """Save the text and hand it to the Secretariat, both or neither. Raises as `save_draft` does.

    Where the stakeholder wants it so, an author's text goes to an approver first.
    """
    at = at or timezone.now()
    version = _sound_version(assignment, author, at, content)
    version.clean_for_submission()
    change = sound_change(evidence, remove, assignment=assignment, author=author, at=at)
    with change.keeping_file(), transaction.atomic():
        version = _write(assignment, version, based_on, change)
        if version.update.state in (UpdateState.SUBMITTED, UpdateState.AWAITING_APPROVAL):
            return version
        if handing_in(author, assignment, at) == Verb.SUBMIT:
            submit(version.update, actor=author, based_on=version.number, at=at)
            version.submitted_at = at
        else:
            move(version.update, Verb.PROPOSE, actor=author, based_on=version.number, at=at)
    return version


def require_open(cycle: Cycle, at: datetime) -> None:
    if not cycle.takes_updates_on(at.date()):
        raise ValidationError(
            _("The cycle %(cycle)s takes no more updates; it was open until %(date)s."),
            params={"cycle": str(cycle), "date": long_date(cycle.closes_on)},
        )


def handing_in(author: User, assignment: Assignment, at: datetime) -> Verb:
    """The step that a finished text of this author takes next."""
    return Verb.SUBMIT if policies.may_submit(author, assignment, at=at) else Verb.PROPOSE


def _sound_version(assignment: Assignment, author: User, at: datetime, content: Content) -> UpdateVersion:
    if not policies.may_write_update(author, assignment, at=at):
        raise PermissionDenied
    require_open(assignment.cycle, at)
    return sound_version(author, at, content)


def sound_version(author: User, at: datetime, content: Content) -> UpdateVersion:
    """The text in its stored form, found sound as a draft. Raises ValidationError keyed by field."""
    texts = {name: clean_body(str(value)) if name in UpdateVersion.TEXTS else value for name, value in content.items()}
    version = UpdateVersion(author=author, created_at=at, **texts)
    version.full_clean(exclude=["update", "number", "author"], validate_unique=False, validate_constraints=False)
    return version


def _write(assignment: Assignment, version: UpdateVersion, based_on: int, change: EvidenceChange) -> UpdateVersion:
    update, _created = Update.objects.get_or_create(assignment=assignment, defaults={"changed_at": version.created_at})
    change.require_own(update)
    current = update.versions.filter(number=update.version).first()
    if (
        current
        and current.content == version.content
        and _is_repeated(update, current, version)
        and change.is_done(update, current, based_on)
    ):
        return current
    if current and update.version != based_on:
        raise StaleVersion(current)
    same = Update.objects.filter(pk=update.pk, version=based_on, state__in=EDITABLE)
    if same.update(version=based_on + 1, state=UpdateState.DRAFT, changed_at=version.created_at) != 1:
        raise refusal(update, based_on)
    update.version, update.state = based_on + 1, UpdateState.DRAFT
    version.update, version.number = update, based_on + 1
    version.save(force_insert=True)
    Scratch.objects.filter(assignment=assignment, person=version.author).delete()
    diary.record_several([line_of_saving(version)])
    change.apply(version, assignment.stakeholder)
    return version


def line_of_saving(version: UpdateVersion) -> diary.Line:
    """What the diary says of a new version."""
    return diary.Line(
        version.author,
        verb="update.saved",
        subject=version.update,
        at=version.created_at,
        detail={"version": version.number},
    )


def _is_repeated(update: Update, current: UpdateVersion, version: UpdateVersion) -> bool:
    """A second click, or saving again without a change: the version that stands is the answer."""
    return update.state == UpdateState.DRAFT or (
        update.state in (UpdateState.SUBMITTED, UpdateState.AWAITING_APPROVAL)
        and current.author_id == version.author_id
    )
