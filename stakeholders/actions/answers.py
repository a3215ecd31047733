"""Asking twice is asking once: what was made under a key is answered again, and not made again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from stakeholders.models import User
from stakeholders.models.answer import KEPT_FOR, Answer


class OtherRequest(Exception):
    """The key was used for another request within the last day."""


@dataclass(frozen=True)
class Given:
    """An answer as a door gives it; `body` is whatever JSON can hold."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)
    is_repeated: bool = False


def answer_once(
    *, person: User, key: str, fingerprint: str, make: Callable[[], Given], at: datetime | None = None
) -> Given:
    """Do what `make` does and keep its answer, or give the answer kept under this person's key.

    Both stand or neither does: what `make` raises passes on, and leaves the key free. Of two who ask at once the
    second waits and gets the answer of the first. Raises OtherRequest when the fingerprint is another.
    """
    at = at or timezone.now()
    try:
        with transaction.atomic():
            Answer.objects.filter(person=person, key=key, at__lte=at - KEPT_FOR).delete()
            if known := Answer.objects.filter(person=person, key=key).first():
                return _again(known, fingerprint)
            claim = Answer(person=person, key=key, fingerprint=fingerprint, status=0, at=at)
            _claim(claim)
            given = make()
            claim.status, claim.body, claim.headers = given.status, given.body, given.headers
            claim.full_clean(exclude=["person"], validate_unique=False, validate_constraints=False)
            claim.save(update_fields=["status", "body", "headers"])
            return given
    except _TakenMeanwhile:
        return _again(Answer.objects.get(person=person, key=key), fingerprint)


def sweep_answers(*, at: datetime | None = None) -> int:
    """What the clock does: forget answers that are a day old. Returns how many."""
    at = at or timezone.now()
    return Answer.objects.filter(at__lte=at - KEPT_FOR).delete()[0]


class _TakenMeanwhile(Exception):
    pass


def _claim(claim: Answer) -> None:
    try:
        with transaction.atomic():
            claim.save(force_insert=True)
    except IntegrityError as error:
        raise _TakenMeanwhile from error


def _again(known: Answer, fingerprint: str) -> Given:
    if known.fingerprint != fingerprint:
        raise OtherRequest
    return Given(known.status, known.body, known.headers, is_repeated=True)
