"""The same step for several updates at once: each by itself, so that one refusal stops none of the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from progress import policies
from progress.actions.approving import approve_update
from progress.actions.reviewing import accept_update, publish_update
from progress.actions.writing import Content, submit_update
from progress.conflicts import Conflict
from progress.models import Update, UpdateState
from stakeholders.models import User

SEVERAL: dict[str, Callable[..., None]] = {"accept": accept_update, "publish": publish_update}


@dataclass(frozen=True)
class Refused:
    update: Update
    reason: str


def submit_several(*, updates: Iterable[Update], author: User, at: datetime | None = None) -> list[Refused]:
    """Submit each text as it was last saved; an approver agrees to what awaits them. Returns what was refused."""
    at = at or timezone.now()
    return [refused for update in updates if (refused := _try(update, lambda one: _submit(one, author, at)))]


def decide_several(
    *, verb: str, chosen: Iterable[tuple[Update, int]], officer: User, at: datetime | None = None
) -> list[Refused]:
    """Accept or publish each update in the version its officer has read. Returns what was refused."""
    at = at or timezone.now()
    act = SEVERAL[verb]
    refused = []
    for update, based_on in chosen:
        step = _try(update, lambda one, n=based_on: act(update=one, officer=officer, based_on=n, at=at))  # type: ignore[misc] # a default binds the loop's value
        refused += [step] if step else []
    return refused


def _submit(update: Update, author: User, at: datetime) -> None:
    version = update.versions.get(number=update.version)
    if update.state == UpdateState.AWAITING_APPROVAL and policies.may_approve(author, update.assignment, at=at):
        approve_update(update=update, approver=author, based_on=version.number, at=at)
        return
    content = Content(**version.content)  # type: ignore[typeddict-item] # the names are Content's
    submit_update(assignment=update.assignment, author=author, based_on=version.number, at=at, **content)


def _try(update: Update, step: Callable[[Update], None]) -> Refused | None:
    try:
        step(update)
    except ValidationError as error:
        return Refused(update, " ".join(error.messages))
    except Conflict as conflict:
        return Refused(update, str(conflict))
    except PermissionDenied:
        return Refused(update, _("Somebody else must do this: whoever wrote a text does not publish it."))
    return None
