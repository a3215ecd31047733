"""What somebody adds to an update, looked into before any row is held."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from progress.actions.evidence import NOT_TYPED, EvidenceChange
from progress.models import Assignment, Evidence, EvidenceKind, Visibility
from progress.uploads.findings import Refused, shown
from progress.uploads.inspection import Inspected, inspect, refusal_of
from progress.uploads.scanner import ScannerUnavailable, scan
from stakeholders import diary
from stakeholders.files import digest
from stakeholders.models import User
from stakeholders.text import clean_body


@dataclass(frozen=True)
class NewEvidence:
    """One piece somebody adds with a save: a file, a link or a document symbol, and only one of them."""

    title: str = ""
    visibility: str = Visibility.REVIEW
    link: str = ""
    symbol: str = ""
    file: File[Any] | None = None


def sound_change(
    evidence: NewEvidence | None, remove: Collection[int], *, assignment: Assignment, author: User, at: datetime
) -> EvidenceChange:
    """Look into what is to be added. ValidationError keyed by field; what the scanner stops goes on the record."""
    if evidence is None:
        return EvidenceChange(frozenset(remove))
    _require_one_of_three(evidence)
    piece = Evidence(
        title=clean_body(evidence.title),
        visibility=evidence.visibility,
        link=evidence.link.strip(),
        symbol=" ".join(evidence.symbol.split()),
        added_by=author,
        added_at=at,
    )
    content = b""
    if evidence.file is not None:
        content = _take_file(piece, evidence.file, assignment).content
    else:
        piece.kind = EvidenceKind.LINK if piece.link else EvidenceKind.SYMBOL
    piece.title = piece.title or piece.file_name or piece.symbol or piece.link[:200]
    piece.full_clean(exclude=[*NOT_TYPED, "language", "from_version", "stored_as"], validate_constraints=False)
    return EvidenceChange(frozenset(remove), piece, content)


def _require_one_of_three(evidence: NewEvidence) -> None:
    given = {"file": evidence.file is not None, "link": evidence.link.strip(), "symbol": evidence.symbol.strip()}
    fields = [field for field, value in given.items() if value]
    if not fields:
        raise ValidationError({"file": _("Choose a file, or give a link or a document symbol.")})
    if len(fields) > 1:
        raise ValidationError(
            {fields[-1]: _("Add one piece at a time: a file, a link or a document symbol. Save, then add the next.")}
        )


def _take_file(piece: Evidence, file: File[Any], assignment: Assignment) -> Inspected:
    try:
        found = inspect(file)
        _scan(found, piece, assignment)
    except ValidationError as refusal:
        raise ValidationError({"file": refusal}) from refusal
    piece.kind, piece.file_name, piece.content_type = EvidenceKind.FILE, found.name, found.kind.media_type
    piece.size, piece.sha256 = len(found.content), digest(found.content)
    piece.carries = [carried.as_json() for carried in found.carries]
    return found


def _scan(found: Inspected, piece: Evidence, assignment: Assignment) -> None:
    try:
        finding = scan(found.content)
        refusal = Refused(_("“%(name)s” was refused by the virus scanner: %(finding)s."), finding=shown(finding))
    except ScannerUnavailable:
        finding = "scanner unavailable"
        refusal = Refused(
            _("“%(name)s” was not taken: the virus scanner does not answer. Try again later, or give a link.")
        )
    if finding:
        facts = {"finding": finding, "size": len(found.content), "sha256": digest(found.content)}
        diary.record(actor=piece.added_by, verb="evidence.refused", subject=assignment, at=piece.added_at, **facts)
        raise refusal_of(found.name, refusal)
