"""The Word file: real styles, headings and tables, so that it can be edited, read aloud and translated further."""

from collections.abc import Callable

from reports.rendering.bidi import with_isolates
from reports.rendering.document import ReportDocument
from reports.rendering.docx_body import Body
from reports.rendering.docx_package import Skeleton
from reports.rendering.docx_styles import settings_xml, styles_xml
from reports.rendering.rendered import RenderedFile
from reports.rendering.text_guard import guarded
from reports.rendering.typesetting import TIME_LIMIT, typeset


def render_docx(
    document: ReportDocument, *, on_wait: Callable[[], None] = lambda: None, time_limit: float = TIME_LIMIT
) -> RenderedFile:
    """The same document gives the same bytes. The charts are drawn by the typesetter and fail as `typeset` does."""
    skeleton = Skeleton(document, _charts(document, on_wait, time_limit))
    body = Body(with_isolates(document), skeleton.pictures)
    own = body.markup.own
    parts = {
        "word/document.xml": body.xml(skeleton),
        "word/header1.xml": body.header_xml(),
        "word/footer1.xml": body.footer_xml(),
        "word/styles.xml": styles_xml(own.tag, mirrored=own.is_rtl),
        "word/settings.xml": settings_xml(own.tag),
    }
    return RenderedFile(skeleton.packed(parts, body.markup.links), None)


def _charts(document: ReportDocument, on_wait: Callable[[], None], time_limit: float) -> list[bytes]:
    """A picture for each chart."""
    if not document.charts:
        return []
    data = {"html_lang": document.html_lang, "direction": document.direction, "charts": document.charts}
    return typeset("charts", guarded(data), as_of=document.as_of_iso, on_wait=on_wait, time_limit=time_limit)
