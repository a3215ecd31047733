"""The HTML: one file that needs nothing else, readable by people, screen readers and printers."""

from django.template.loader import render_to_string

from reports.rendering.bidi import with_isolates
from reports.rendering.document import ReportDocument
from reports.rendering.rendered import RenderedFile


def render_html(document: ReportDocument) -> RenderedFile:
    """Every text passes the template engine's escaping; there is no script and no outside address to load."""
    page = render_to_string("reports/document/report.html", {"d": with_isolates(document)})
    return RenderedFile(page.encode("utf-8"), None)
