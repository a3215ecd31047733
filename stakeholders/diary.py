"""The diary: who did what to what, when, from which door. Append-only, hash-chained so that tampering shows."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from stakeholders import freshness
from stakeholders.models import DiaryEntry, User

_door: ContextVar[str] = ContextVar("door", default="command")

# Any number will do, as long as it is always the same: it names the lock, not a row.
CHAIN_LOCK = 452018


@contextmanager
def through_door(name: str) -> Iterator[None]:
    """Everything recorded inside carries this door: browser, api, admin, command or clock."""
    token = _door.set(name)
    try:
        yield
    finally:
        _door.reset(token)


def current_door() -> str:
    return _door.get()


@dataclass(frozen=True)
class Line:
    """What a line is to say; its place in the chain comes with writing it."""

    actor: User | None
    verb: str
    subject: models.Model
    at: datetime
    detail: dict[str, Any]


def record(
    *,
    actor: User | None,
    verb: str,
    subject: models.Model,
    at: datetime | None = None,
    **detail: Any,
) -> DiaryEntry:
    """Add one line, in the transaction of the deed itself: both stand or neither does."""
    return record_several([Line(actor, verb, subject, at or timezone.now(), detail)])[0]


def record_several(lines: Iterable[Line]) -> list[DiaryEntry]:
    """Add lines one after the other, each chained to the one before, in the transaction of their deeds."""
    with transaction.atomic():
        lock_chain()
        last = DiaryEntry.objects.order_by("-number").first()
        written, previous = (last.number, last.hash) if last else (0, "")
        entries = []
        for number, line in enumerate(lines, start=written + 1):
            entry = DiaryEntry(
                number=number,
                at=line.at,
                actor=line.actor,
                verb=line.verb,
                subject_type=line.subject._meta.label_lower,
                subject_id=str(line.subject.pk),
                door=_door.get(),
                detail=line.detail,
                previous_hash=previous,
            )
            entry.hash = previous = fingerprint(entry)
            entries.append(entry)
        DiaryEntry.objects.bulk_create(entries)
        for entry in entries:
            freshness.note(entry)
    return entries


def fingerprint(entry: DiaryEntry) -> str:
    """SHA-256 over every field of the line and the hash of the line before."""
    content = [
        entry.number,
        entry.at.isoformat(),
        entry.actor_id,
        entry.verb,
        entry.subject_type,
        entry.subject_id,
        entry.door,
        entry.detail,
        entry.previous_hash,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read() -> Iterator[tuple[DiaryEntry, bool]]:
    """Every line in order, and whether it follows from the one before it."""
    previous = ""
    for number, entry in enumerate(DiaryEntry.objects.order_by("number").iterator(), start=1):
        yield entry, (entry.number, entry.previous_hash, entry.hash) == (number, previous, fingerprint(entry))
        previous = entry.hash


def first_break() -> DiaryEntry | None:
    """The first line that does not follow from the one before it; None when the chain is whole."""
    return next((entry for entry, follows in read() if not follows), None)


def as_row(entry: DiaryEntry) -> dict[str, Any]:
    """A line as auditors get it: all that its hash is made of, and the hash."""
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "actor": entry.actor_id,
        "verb": entry.verb,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "door": entry.door,
        "detail": entry.detail,
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
    }


def lock_chain() -> None:
    """Until the end of the transaction nobody else adds a line."""
    # SQLite runs every transaction as IMMEDIATE, hence alone; PostgreSQL needs to be told to queue.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
