"""The CSV: the answers, one row an assignment, as spreadsheets and HXL tools read them."""

import csv
import io
from datetime import date

from reports.rendering.rendered import RenderedFile
from reports.rendering.sheets import Sheet, Value, Workbook
from reports.rendering.text_guard import without_controls

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render_csv(workbook: Workbook) -> RenderedFile:
    """UTF-8 with a byte order mark, a row of labels, a row of HXL tags; nobody's words begin a formula."""
    return RenderedFile(csv_of(workbook.sheets[0]), None)


def csv_of(sheet: Sheet) -> bytes:
    """One table in the same shape."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.label for column in sheet.columns])
    writer.writerow([column.hxl for column in sheet.columns])
    writer.writerows([_cell(value) for value in row] for row in sheet.rows)
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return plain(value) if isinstance(value, str) else str(value)


def plain(text: str) -> str:
    """An apostrophe before what a spreadsheet would take for a formula, as OWASP advises against CSV injection."""
    clean = without_controls(text)
    return f"'{clean}" if clean.startswith(STARTS_A_FORMULA) else clean
