"""The diary: who did what to what, when, from which door. Append-only, hash-chained so that tampering shows."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

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


def record(
    *,
    actor: User | None,
    verb: str,
    subject: models.Model,
    at: datetime | None = None,
    **detail: Any,
) -> DiaryEntry:
    """Add one line, in the transaction of the deed itself: both stand or neither does."""
    with transaction.atomic():
        _lock_chain()
        last = DiaryEntry.objects.order_by("-number").first()
        entry = DiaryEntry(
            number=last.number + 1 if last else 1,
            at=at or timezone.now(),
            actor=actor,
            verb=verb,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            door=_door.get(),
            detail=detail,
            previous_hash=last.hash if last else "",
        )
        entry.hash = fingerprint(entry)
        entry.save(force_insert=True)
    return entry


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


def first_break() -> DiaryEntry | None:
    """The first line that does not follow from the one before it; None when the chain is whole."""
    previous = ""
    for number, entry in enumerate(DiaryEntry.objects.order_by("number").iterator(), start=1):
        if (entry.number, entry.previous_hash, entry.hash) != (number, previous, fingerprint(entry)):
            return entry
        previous = entry.hash
    return None


def _lock_chain() -> None:
    # SQLite runs every transaction as IMMEDIATE, hence alone; PostgreSQL needs to be told to queue.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
