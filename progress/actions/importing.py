"""Files that come in: checked, previewed, carried out on somebody's word. All or nothing."""

import logging
import time
import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from progress import policies
from progress.actions.datasets import DATA_SETS, Asked, Exchanged
from progress.bulk import storage
from progress.bulk.reading import read, require_size
from progress.models import BulkImport, ImportState
from progress.uploads.names import clean_file_name
from stakeholders import diary
from stakeholders.actions import OtherRequest
from stakeholders.context import current_language
from stakeholders.datafiles import DataFileError, Row
from stakeholders.files import digest
from stakeholders.models import User
from stakeholders.previews import Preview

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
RENEWALS_A_LEASE = 3
KEPT_UNANSWERED = timedelta(days=7)
STUMP_AGE = timedelta(hours=1)


class LeaseLost(Exception):
    """Another worker has this import by now."""


class _NotAsPreviewed(Exception):
    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self.preview = preview


def send_file(
    *, data_set: str, file: File[bytes], key: uuid.UUID, actor: User | None, at: datetime | None = None
) -> BulkImport:
    """Receive a file to be checked. The same key again is the same import.

    Raises PermissionDenied, ValidationError keyed by field, OtherRequest when the key came before with another file or
    from somebody else.
    """
    at = at or timezone.now()
    if not policies.may_import(actor, data_set, at=at):
        raise PermissionDenied
    name = clean_file_name(file.name or "")
    content = _content(file, name)
    if known := BulkImport.objects.filter(key=key).first():
        return _same(known, actor, data_set, content)
    fields = {
        "actor": actor,
        "data_set": data_set,
        "file_name": name,
        "file_hash": digest(content),
        "size": len(content),
        "stored_as": storage.store(content),
        "door": diary.current_door(),
        "language": current_language().code,
        "created_at": at,
    }
    with transaction.atomic():
        made, created = BulkImport.objects.get_or_create(key=key, defaults=fields)
    if not created:
        storage.remove(str(fields["stored_as"]))
    return _same(made, actor, data_set, content)


def _same(known: BulkImport, actor: User | None, data_set: str, content: bytes) -> BulkImport:
    if (known.actor_id, known.data_set, known.file_hash) != (_pk(actor), data_set, digest(content)):
        raise OtherRequest
    return known


def confirm_import(*, wanted: BulkImport, actor: User | None, at: datetime | None = None) -> bool:
    """Carry out what was previewed. False when it is no longer waiting for that word; twice is once."""
    if not policies.may_import(actor, wanted.data_set, at=at or timezone.now()) or wanted.actor_id != _pk(actor):
        raise PermissionDenied
    checked = BulkImport.objects.filter(pk=wanted.pk, state=ImportState.CHECKED)
    return bool(checked.update(state=ImportState.ORDERED, attempts=0, lease_token=None, lease_until=None))


def drop_import(*, wanted: BulkImport, actor: User | None, at: datetime | None = None) -> bool:
    """Leave everything as it is. False when it is no longer waiting for a word."""
    if wanted.actor_id != _pk(actor):
        raise PermissionDenied
    checked = BulkImport.objects.filter(pk=wanted.pk, state=ImportState.CHECKED)
    done = bool(checked.update(state=ImportState.DROPPED, finished_at=at or timezone.now()))
    if done:
        storage.remove(wanted.stored_as)
    return done


def claim_next_import(*, only: BulkImport | None = None, at: datetime | None = None) -> BulkImport | None:
    """Take the lease of the import that has waited longest, or of this one; None when there is nothing to take.

    An import whose worker died MOST_ATTEMPTS times fails. A row that somebody's transaction holds is passed over.
    """
    at = at or timezone.now()
    token = uuid.uuid4()
    with transaction.atomic():
        waiting = BulkImport.objects.waiting(at).order_by("pk").select_for_update(skip_locked=True)
        waiting.filter(attempts__gte=MOST_ATTEMPTS).order_by().update(state=ImportState.FAILED, finished_at=at)
        first = (waiting.filter(pk=only.pk) if only else waiting).first()
        if first is None:
            return None
        lease = {"lease_token": token, "lease_until": _lease_end(at), "attempts": F("attempts") + 1}
        BulkImport.objects.filter(pk=first.pk).update(**lease)
    return BulkImport.objects.select_related("actor").get(pk=first.pk)


def work_on(claimed: BulkImport) -> bool:
    """Check or carry out a claimed import, in its sender's language. True when it came to its end."""
    with translation.override(claimed.language), diary.through_door(claimed.door):
        try:
            _Work(claimed).do()
        except LeaseLost:
            return False
        except Exception:
            logger.exception("import %s failed", claimed.pk)
            ended = {"state": ImportState.FAILED, "finished_at": timezone.now(), "lease_token": None}
            BulkImport.objects.filter(pk=claimed.pk, lease_token=claimed.lease_token).update(**ended)
            return False
    return True


def work_now_if_small(sent: BulkImport) -> None:
    """Check or carry out a small import while its sender waits; a large one is left to the workers."""
    if sent.size > settings.BULK_BACKGROUND_BYTES:
        return
    claimed = claim_next_import(only=sent)
    if claimed:
        work_on(claimed)


def check_file(*, path: Path, name: str, data_set: str, actor: User | None, at: datetime | None = None) -> Preview:
    """What bringing this file in would do. Nothing is written."""
    exchanged = DATA_SETS[data_set]
    return _check(exchanged, read(path, name, exchanged.dataset), actor, at or timezone.now())


def sweep_imports(*, at: datetime | None = None) -> int:
    """What the clock does: drop what nobody answered, delete files no import waits for. Returns how many files."""
    at = at or timezone.now()
    old = BulkImport.objects.filter(state=ImportState.CHECKED, created_at__lt=at - KEPT_UNANSWERED)
    old.update(state=ImportState.DROPPED, finished_at=at)
    known = set(BulkImport.objects.exclude(pk__in=BulkImport.objects.over()).values_list("stored_as", flat=True))
    return storage.remove_unclaimed(known, older_than=(at - STUMP_AGE).timestamp())


class _Work:
    """One stretch of work on a claimed import."""

    def __init__(self, claimed: BulkImport) -> None:
        self.claimed = claimed
        self.mine = BulkImport.objects.filter(pk=claimed.pk, lease_token=claimed.lease_token)
        self.exchanged = DATA_SETS[claimed.data_set]
        self._renewed_at = time.monotonic()

    def do(self) -> None:
        if not policies.may_import(self.claimed.actor, self.claimed.data_set, at=timezone.now()):
            raise PermissionDenied
        if self.claimed.state == ImportState.CHECKING:
            self._check()
        else:
            self._carry_out()
        self.claimed.refresh_from_db()

    def _check(self) -> None:
        self._tell(_check(self.exchanged, self._rows(renewing=True), self.claimed.actor, timezone.now()))

    def _carry_out(self) -> None:
        """The file, the diary and the state of the row become true together or not at all."""
        at = timezone.now()
        try:
            with transaction.atomic():
                if not self.mine.update(lease_until=_lease_end(at)):  # from here on the row is ours until the end
                    raise LeaseLost
                preview = _take(self.exchanged, self._rows(renewing=False), Asked(self.claimed.actor, at))
                if preview.refused or preview.fingerprint != self.claimed.preview["fingerprint"]:
                    raise _NotAsPreviewed(preview)
                self._note(preview, at)
                ended = {"state": ImportState.DONE, "finished_at": at, "lease_token": None, "lease_until": None}
                self.mine.update(preview=preview.as_json(), **ended)
        except _NotAsPreviewed as other:
            self._tell(other.preview, again=True)
        else:
            storage.remove(self.claimed.stored_as)

    def _tell(self, preview: Preview, *, again: bool = False) -> None:
        state = ImportState.REFUSED if preview.refused else ImportState.CHECKED
        fields = {"state": state, "preview": preview.as_json(), "is_previewed_again": again}
        ended = {"finished_at": timezone.now()} if preview.refused else {}
        if not self.mine.update(**fields, **ended, lease_token=None, lease_until=None):
            raise LeaseLost
        if preview.refused:
            storage.remove(self.claimed.stored_as)

    def _note(self, preview: Preview, at: datetime) -> None:
        if not (preview.created or preview.changed):
            return
        diary.record(
            actor=self.claimed.actor,
            verb=self.exchanged.deed,
            subject=self.claimed,
            at=at,
            created=preview.created,
            changed=preview.changed,
            data_set=self.claimed.data_set,
            file_hash=self.claimed.file_hash,
        )

    def _rows(self, *, renewing: bool) -> Iterator[Row]:
        with storage.as_path(self.claimed.stored_as) as path:
            for row in read(path, self.claimed.file_name, self.exchanged.dataset):
                if renewing:
                    self._renew()
                yield row

    def _renew(self) -> None:
        now = time.monotonic()
        if now - self._renewed_at < settings.DOCUMENT_LEASE_SECONDS / RENEWALS_A_LEASE:
            return
        if not self.mine.update(lease_until=_lease_end(timezone.now())):
            raise LeaseLost
        self._renewed_at = now


def _check(exchanged: Exchanged, rows: Iterable[Row], actor: User | None, at: datetime) -> Preview:
    """The very steps of the import, undone at the end; where reading tells all, without a transaction."""
    if exchanged.checks_by_reading:
        return _take(exchanged, rows, Asked(actor, at, writes=False))
    with transaction.atomic():
        preview = _take(exchanged, rows, Asked(actor, at))
        transaction.set_rollback(True)
    return preview


def _take(exchanged: Exchanged, rows: Iterable[Row], asked: Asked) -> Preview:
    preview = Preview(key=exchanged.dataset.key)
    try:
        exchanged.take(rows, preview, asked)
    except DataFileError as fault:
        preview.refuse(fault)
    return preview


def _content(file: File[bytes], name: str) -> bytes:
    try:
        require_size(file.size, name)
    except DataFileError as error:
        raise ValidationError({"file": str(error)}) from error
    file.seek(0)
    return bytes(file.read())


def _pk(actor: User | None) -> int | None:
    return actor.pk if actor else None


def _lease_end(at: datetime) -> datetime:
    return at + timedelta(seconds=settings.DOCUMENT_LEASE_SECONDS)
