"""The guard for uploads: what a file is, told by its content, and whether it may be kept."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from progress.uploads.documents import inspect_pdf
from progress.uploads.findings import Carried, Refused
from progress.uploads.kinds import EXTENSIONS, JPEG, OLD_OFFICE, PACKAGE, PDF, PNG, FileKind, kind_by_signature
from progress.uploads.names import clean_file_name
from progress.uploads.packages import inspect_package
from progress.uploads.pictures import inspect_jpeg, inspect_png
from stakeholders.text import isolated

LOOKS = {PDF: inspect_pdf, PNG: inspect_png, JPEG: inspect_jpeg}


@dataclass(frozen=True)
class Inspected:
    """A file found sound: `name` as it may be shown, `carries` what it tells about people and places."""

    name: str
    kind: FileKind
    content: bytes
    carries: list[Carried]


def inspect(upload: File[Any]) -> Inspected:
    """Look into a file somebody sent. ValidationError with a plain sentence that names file, value and rule."""
    name = clean_file_name(upload.name or "")
    try:
        content = _read(upload)
        kind, carries = _look_into(content)
        _refuse_other_ending(name, kind)
    except Refused as refusal:
        raise refusal_of(name, refusal) from refusal
    return Inspected(name, kind, content, carries)


def refusal_of(name: str, refusal: Refused) -> ValidationError:
    return ValidationError(refusal.sentence, params={**refusal.params, "name": isolated(name)})


def _read(upload: File[Any]) -> bytes:
    if not upload.size:
        raise Refused(_("“%(name)s” is empty."))
    if upload.size > settings.EVIDENCE_MAX_BYTES:
        raise Refused(
            _("“%(name)s” has %(value)s; a file may have at most %(limit)s. Make it smaller, or give a link."),
            value=filesizeformat(upload.size),
            limit=filesizeformat(settings.EVIDENCE_MAX_BYTES),
        )
    upload.seek(0)
    content = upload.read()
    assert isinstance(content, bytes)
    return content


def _look_into(content: bytes) -> tuple[FileKind, list[Carried]]:
    if content.startswith(OLD_OFFICE):
        raise Refused(
            _(
                "“%(name)s” is in an old Office format or protected by a password. "
                "Save it without a password as .docx, .xlsx or PDF."
            )
        )
    if content.startswith(PACKAGE):
        kind, carries = inspect_package(content)
    else:
        kind = kind_by_signature(content)
        carries = LOOKS[kind](content) if kind in LOOKS else []
    if kind is None:
        raise Refused(
            _("“%(name)s” is none of the kinds taken: PDF, PNG, JPEG, DOCX, XLSX, or plain text in UTF-8 (.txt).")
        )
    return kind, carries


def _refuse_other_ending(name: str, kind: FileKind) -> None:
    ending = PurePosixPath(name).suffix
    if ending.lower() not in kind.extensions:
        raise Refused(
            _("“%(name)s” does not end in %(right)s, but its content is %(kind)s. Rename it, or choose another file."),
            kind=kind.label,
            right=isolated(kind.extensions[0]),
        )


ACCEPTED = ",".join(EXTENSIONS)  # what a browser offers to choose from; the content decides
