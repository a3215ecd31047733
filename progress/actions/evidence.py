"""Evidence is added and removed by saving an update, never on its own: it belongs to versions."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from progress import storage
from progress.models import Evidence, EvidenceKind, Update, UpdateVersion
from stakeholders import diary
from stakeholders.dates import number
from stakeholders.models import Stakeholder, User
from stakeholders.text import isolated

logger = logging.getLogger(__name__)

MOST_PIECES = 20
UNCLAIMED_AGE = timedelta(days=1)
NOT_TYPED = ["update", "added_by"]


@dataclass
class EvidenceChange:
    """What a save does to the evidence, checked as far as it can be before the row of the update is held."""

    remove: frozenset[int] = frozenset()
    piece: Evidence | None = None
    content: bytes = field(default=b"", repr=False)

    def require_own(self, update: Update) -> None:
        if self.remove and self.remove - set(update.evidence.values_list("pk", flat=True)):
            raise ValidationError({"remove": _("What you marked to remove is not part of this update.")})

    def is_done(self, update: Update, current: UpdateVersion, based_on: int) -> bool:
        """Whether the current version has exactly the evidence this save would leave: a second click."""
        pieces = list(update.evidence.all())
        before = {p.pk for p in pieces if p.belongs_to(based_on)} - self.remove
        now = {p.pk for p in pieces if p.belongs_to(current.number)}
        if self.piece is None:
            return before == now
        same = {p.pk for p in pieces if p.pk in now and p.says_the_same_as(self.piece)}
        return bool(same) and before - same == now - same

    def apply(self, version: UpdateVersion, stakeholder: Stakeholder) -> None:
        """Write it down with the version it begins with, inside the caller's transaction."""
        update, at = version.update, version.created_at
        before = update.evidence.of_version(version.number - 1)
        removed = list(before.filter(pk__in=self.remove))
        update.evidence.filter(pk__in=[piece.pk for piece in removed]).update(until_version=version.number)
        for piece in removed:
            _note(piece, "evidence.removed", version.author, at, version.number)
        if self.piece is None:
            return
        _require_place(before.count() - len(removed) + 1)
        _require_room(self.piece, stakeholder)
        self.piece.update, self.piece.from_version = update, version.number
        self.piece.language = version.language
        self.piece.full_clean(exclude=NOT_TYPED)
        self.piece.save(force_insert=True)
        _note(self.piece, "evidence.added", version.author, at, version.number)

    @contextmanager
    def keeping_file(self) -> Iterator[None]:
        """Around the transaction: the file lies on disk before its row is written, and goes if no row is."""
        if self.piece is None or self.piece.kind != EvidenceKind.FILE:
            yield
            return
        try:
            self.piece.stored_as = storage.store(self.content)
        except OSError as error:
            logger.exception("A file could not be stored")
            sentence = _("“%(name)s” could not be stored; the fault is ours. Try again later.")
            raise ValidationError({"file": sentence % {"name": isolated(self.piece.file_name)}}) from error
        kept = False
        try:
            yield
            kept = self.piece.pk is not None
        finally:
            if not kept:
                storage.remove(self.piece.stored_as)


def sweep_unclaimed_files(*, at: datetime | None = None) -> int:
    """What the clock does: delete files whose save never came to its end. Returns how many."""
    at = at or timezone.now()
    known = set(Evidence.objects.files().values_list("stored_as", flat=True))
    return storage.remove_unclaimed(known, older_than=(at - UNCLAIMED_AGE).timestamp())


def _require_place(pieces: int) -> None:
    if pieces > MOST_PIECES:
        raise ValidationError(
            {
                "remove": _("An update holds at most %(limit)s pieces of evidence. Remove one first.")
                % {"limit": number(MOST_PIECES)}
            }
        )


def _require_room(piece: Evidence, stakeholder: Stakeholder) -> None:
    """Every file ever kept counts, since every version can be read again."""
    if piece.kind != EvidenceKind.FILE:
        return
    Stakeholder.objects.select_for_update().get(pk=stakeholder.pk)  # two saves may not share what room is left
    kept = Evidence.objects.filter(update__assignment__stakeholder=stakeholder).aggregate(size=Sum("size"))["size"] or 0
    if kept + piece.size > settings.EVIDENCE_QUOTA_BYTES:
        raise ValidationError(
            {
                "file": _(
                    "“%(name)s” has %(size)s, and %(who)s has used %(kept)s of the %(limit)s it may store. "
                    "Give a link instead, or ask the Secretariat for room."
                )
                % {
                    "name": isolated(piece.file_name),
                    "size": filesizeformat(piece.size),
                    "who": isolated(stakeholder.name),
                    "kept": filesizeformat(kept),
                    "limit": filesizeformat(settings.EVIDENCE_QUOTA_BYTES),
                }
            }
        )


def _note(piece: Evidence, verb: str, actor: User | None, at: datetime, version: int) -> None:
    diary.record(
        actor=actor,
        verb=verb,
        subject=piece.update,
        at=at,
        version=version,
        evidence=piece.pk,
        kind=piece.kind,
        visibility=piece.visibility,
        sha256=piece.sha256,
    )
