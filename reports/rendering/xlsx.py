"""The workbook: a sheet a table with filters and frozen heads, a dictionary of every column, mirrored in Arabic."""

import io
from datetime import UTC, date
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.worksheet import Worksheet

from reports.rendering.rendered import RenderedFile
from reports.rendering.sheets import Column, Sheet, Value, Workbook
from reports.rendering.text_guard import without_controls

# Words typed by people stay words: no formula, no link, no number is guessed from them.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
MOST_CHARACTERS = 32_767  # in one cell, by the format
RIGHT_TO_LEFT = 2
HEAD = "#0f3a47"
Style = Any  # xlsxwriter's Format


def render_xlsx(workbook: Workbook) -> RenderedFile:
    """The same workbook gives the same bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, OPTIONS)
    book.set_properties(
        {"title": workbook.title, "created": workbook.as_of.astimezone(UTC).replace(tzinfo=None), "author": ""}
    )
    styles = _styles(book, mirrored=workbook.direction == "rtl")
    with translation.override(workbook.language):
        _about(_new_sheet(book, _("About"), workbook), workbook, styles)
        for sheet in workbook.sheets:
            _fill(_new_sheet(book, sheet.title, workbook), sheet, styles)
        _fill(_new_sheet(book, _("Dictionary"), workbook), _dictionary(workbook), styles)
    book.close()
    return RenderedFile(stream.getvalue(), None)


def _styles(book: Any, *, mirrored: bool) -> dict[str, Style]:
    common: dict[str, Any] = {"valign": "top", **({"reading_order": RIGHT_TO_LEFT} if mirrored else {})}
    return {
        "head": book.add_format({**common, "bold": True, "text_wrap": True, "bg_color": HEAD, "font_color": "#ffffff"}),
        "text": book.add_format({**common, "text_wrap": True}),
        "address": book.add_format({"valign": "top", "align": "left"}),
        "number": book.add_format({**common, "num_format": "#,##0"}),
        "share": book.add_format({**common, "num_format": "0%"}),
        "date": book.add_format({**common, "num_format": "yyyy-mm-dd", "align": "center"}),
        "strong": book.add_format({**common, "bold": True}),
    }


def _new_sheet(book: Any, title: str, workbook: Workbook) -> Worksheet:
    sheet: Worksheet = book.add_worksheet(title[:31])
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(0)
    if workbook.direction == "rtl":
        sheet.right_to_left()
    return sheet


def _about(sheet: Worksheet, workbook: Workbook, styles: dict[str, Style]) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    for row, (label, text) in enumerate(workbook.about):
        sheet.write_string(row, 0, label, styles["strong"])
        sheet.write_string(row, 1, without_controls(text), styles["text"])


def _fill(target: Worksheet, sheet: Sheet, styles: dict[str, Style]) -> None:
    for index, column in enumerate(sheet.columns):
        target.set_column(index, index, column.width)
        target.write_string(0, index, column.label, styles["head"])
    for row, values in enumerate(sheet.rows, start=1):
        for index, (column, value) in enumerate(zip(sheet.columns, values, strict=True)):
            _write(target, row, index, column, value, styles)
    target.freeze_panes(1, 0)
    target.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    target.repeat_rows(0)


def _write(target: Worksheet, row: int, index: int, column: Column, value: Value, styles: dict[str, Style]) -> None:
    style = styles[column.kind]
    if value is None:
        return
    if isinstance(value, str):
        target.write_string(row, index, without_controls(value)[:MOST_CHARACTERS], style)
    elif isinstance(value, date):
        target.write_datetime(row, index, value, style)
    else:
        target.write_number(row, index, value, style)


def _dictionary(workbook: Workbook) -> Sheet:
    columns = [
        Column("sheet", _("Sheet"), "", "", width=18),
        Column("column", pgettext("column", "Column"), "", "", width=30),
        Column("key", _("Key"), "", "", width=18),
        Column("hxl", "HXL", "", "", width=26),
        Column("meaning", _("Meaning"), "", "", width=80),
    ]
    rows: list[list[Value]] = [
        [sheet.title, column.label, column.key, column.hxl, column.meaning]
        for sheet in workbook.sheets
        for column in sheet.columns
    ]
    return Sheet("dictionary", _("Dictionary"), columns, rows, ("key",))
