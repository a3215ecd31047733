"""The PDF: typeset by Typst in a short-lived child process with limits, then repacked."""

import io
from collections.abc import Callable

import pikepdf

from reports.rendering.bidi import with_isolates
from reports.rendering.document import ReportDocument
from reports.rendering.rendered import RenderedFile
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
        with_isolates(document),
        as_of=document.as_of_iso,
        on_wait=on_wait,
        time_limit=time_limit,
        memory_limit=memory_limit,
    )
    return _repacked(content)


def _repacked(content: bytes) -> RenderedFile:
    """Half the size, the same pages: objects packed into compressed streams."""
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = len(pdf.pages)
        pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return RenderedFile(packed.getvalue(), pages)
