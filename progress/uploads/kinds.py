"""The kinds of files taken as evidence, told by their content and never by their names."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FileKind:
    """`extensions` are the endings a file of this kind may have, the usual one first."""

    label: str
    media_type: str
    extensions: tuple[str, ...]


OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = FileKind("PDF", "application/pdf", (".pdf",))
PNG = FileKind("PNG", "image/png", (".png",))
JPEG = FileKind("JPEG", "image/jpeg", (".jpg", ".jpeg"))
DOCX = FileKind("DOCX", f"{OFFICE}.wordprocessingml.document", (".docx",))
XLSX = FileKind("XLSX", f"{OFFICE}.spreadsheetml.sheet", (".xlsx",))
TXT = FileKind("TXT", "text/plain; charset=utf-8", (".txt",))
KINDS = (PDF, PNG, JPEG, DOCX, XLSX, TXT)
MEDIA_TYPES = [(kind.media_type, kind.label) for kind in KINDS]
EXTENSIONS = tuple(extension for kind in KINDS for extension in kind.extensions)

PACKAGE = b"PK\x03\x04"
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")  # also what a password makes of a new one
SIGNATURES = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))


def kind_by_signature(content: bytes) -> FileKind | None:
    """PDF, PNG, JPEG or plain text; None for everything else, packages of Office programs among them."""
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            return kind
    return TXT if _is_plain_text(content) else None


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any((ord(c) < 32 and c not in "\t\n\r\f") or 127 <= ord(c) < 160 for c in text)
