"""The PDF: typeset by Typst in a short-lived child process with limits, then repacked."""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf

from reports.rendering.bidi import with_isolates
from reports.rendering.document import ReportDocument
from reports.rendering.rendered import RenderedFile
from reports.rendering.text_guard import guarded
from reports.rendering.typesetting import MEMORY_LIMIT, TIME_LIMIT, typeset


def render_pdf(
    document: ReportDocument,
    *,
    on_wait: Callable[[], None] = lambda: None,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
) -> RenderedFile:
    """Tagged PDF/UA-1 and PDF/A-2a; the same document gives the same bytes. Fails as `typeset` does."""
    (content,) = typeset(
        "report",
        with_long_words_apart(guarded(with_isolates(document))),
        as_of=document.as_of_iso,
        on_wait=on_wait,
        time_limit=time_limit,
        memory_limit=memory_limit,
    )
    return _repacked(content)


LONG_WORD = re.compile("([A-Za-zÀ-ɏЀ-ӿ]{18,})")  # Latin and Cyrillic: the others are not hyphenated


def with_long_words_apart(data: Any) -> Any:
    """Each line of a person's words that has long ones becomes a list, every second piece of which is one of them."""
    for chapter in data["chapters"]:
        for commitment in chapter["commitments"]:
            for answer in commitment["answers"]:
                for part in answer["parts"]:
                    part["paragraphs"] = [_pieces(line) for line in part["paragraphs"]]
    return data


def _pieces(line: str) -> str | list[str]:
    pieces = LONG_WORD.split(line)
    return pieces if len(pieces) > 1 else line


def _repacked(content: bytes) -> RenderedFile:
    """Half the size, the same pages: objects packed into compressed streams.

    The first half of the file's id is the typesetter's, made from the content; the second stays the same for ever.
    Through files, since a Python stream takes twice the time.
    """
    with tempfile.TemporaryDirectory(prefix="a4p-repack-") as folder:
        loose, packed = Path(folder) / "loose.pdf", Path(folder) / "packed.pdf"
        loose.write_bytes(content)
        with pikepdf.open(loose) as pdf:
            pages = len(pdf.pages)
            pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, static_id=True)
        return RenderedFile(packed.read_bytes(), pages)
