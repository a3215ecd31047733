"""The HTML: one file that needs nothing else, readable by people, screen readers and printers."""

from django.template.loader import render_to_string

from reports.rendering.document import ReportDocument
from reports.rendering.pdf import RenderedFile


def render_html(document: ReportDocument) -> RenderedFile:
    """Every text passes the template engine's escaping; there is no script and no outside address to load."""
    page = render_to_string("reports/document/report.html", {"d": document, "svg": _geometry(document)})
    return RenderedFile(page.encode("utf-8"), None)


BAR_HEIGHT, WIDTH = 14, 640


def _geometry(document: ReportDocument) -> dict[str, object]:
    """The chart's bars in drawing units, from the same shares the typesetter uses."""
    rows = [
        [
            {
                "key": segment.key,
                "value": segment.value,
                "x": round(segment.start * WIDTH, 2),
                "width": round(segment.width * WIDTH, 2),
            }
            for segment in bar.segments
        ]
        for bar in document.chart.bars
    ]
    return {"width": WIDTH, "height": BAR_HEIGHT, "bars": list(zip(document.chart.bars, rows, strict=True))}
