"""Rows that wait to be stored together, with their ids given out ahead, and the diary's lines about them."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import Any

from django.db import models

from progress.generated.copying import Row, insert, last_id
from progress.models import (
    Assessment,
    AssessmentReply,
    AssessmentVersion,
    Comment,
    Evidence,
    PublishedWords,
    Transition,
    Update,
    UpdateTranslation,
    UpdateVersion,
)
from stakeholders import diary
from stakeholders.models import DiaryEntry

# Every column of each table, in the order in which rows are built. Parents stand before children.
COLUMNS: dict[type[models.Model], str] = {
    Update: "id assignment_id state version changed_at",
    UpdateVersion: "id update_id number author_id from_published_source created_at language status narrative obstacles "
    "next_steps sources submitted_at published_at published_by_id unpublished_at",
    UpdateTranslation: "id version_id language narrative obstacles next_steps sources state signed_by_id created_at",
    Transition: "id update_id verb from_state version_number actor_id at reason",
    Evidence: "id update_id kind title language visibility link symbol stored_as file_name content_type size sha256 "
    "carries added_by_id added_at from_version until_version",
    Comment: "id update_id author_id from_secretariat at text key",
    Assessment: "id assignment_id state version changed_at",
    AssessmentVersion: "id assessment_id number author_id created_at language rating reason sources shown_at "
    "reply_until published_at published_by_id unpublished_at",
    AssessmentReply: "id version_id author_id at language text",
    PublishedWords: "place version_id words",
    DiaryEntry: "id number at actor_id verb subject_type subject_id door detail previous_hash hash",
}
NUMBERED = tuple(model for model in COLUMNS if model is not PublishedWords)


class Rows:
    def __init__(self) -> None:
        self._ids: dict[type[models.Model], Iterator[int]] = {model: count(last_id(model) + 1) for model in NUMBERED}
        self._waiting: dict[type[models.Model], list[Row]] = {model: [] for model in COLUMNS}
        self._lines: list[tuple[datetime, int, Row]] = []

    def new_id(self, model: type[models.Model]) -> int:
        return next(self._ids[model])

    def add(self, model: type[models.Model], *values: Any) -> None:
        """`values` in the order of COLUMNS."""
        self._waiting[model].append(values)

    def note(
        self,
        at: datetime,
        actor: int | None,
        verb: str,
        subject: tuple[type[models.Model], int],
        *,
        door: str = "browser",
        **detail: Any,
    ) -> None:
        """A line for the diary; lines are chained when they are stored, in the order of their time."""
        self._lines.append((at, len(self._lines), (actor, verb, *subject, door, detail)))

    def store(self) -> int:
        """Put everything into the database, inside the caller's transaction. Returns how many rows."""
        self._chain()
        stored = sum(map(len, self._waiting.values()))
        for model, rows in self._waiting.items():
            insert(model, tuple(COLUMNS[model].split()), rows)
            rows.clear()
        return stored

    def _chain(self) -> None:
        """Each line after the one before it, as `diary.record` would have written it."""
        diary.lock_chain()
        last = DiaryEntry.objects.order_by("-number").first()
        number, previous, pk = (last.number, last.hash, last_id(DiaryEntry)) if last else (0, "", 0)
        for at, _nth, (actor, verb, model, subject_id, door, detail) in sorted(self._lines, key=lambda line: line[:2]):
            number, pk = number + 1, pk + 1
            entry = DiaryEntry(
                number=number,
                at=at,
                actor_id=actor,
                verb=verb,
                subject_type=model._meta.label_lower,
                subject_id=str(subject_id),
                door=door,
                detail=detail,
                previous_hash=previous,
            )
            entry.hash = diary.fingerprint(entry)
            told = (actor, verb, entry.subject_type, entry.subject_id, door, detail, previous, entry.hash)
            self.add(DiaryEntry, pk, number, at, *told)
            previous = entry.hash
        self._lines.clear()
