"""Writing a data set as a file: the same rows give the same bytes."""

import csv
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import xlsxwriter
from django.utils.translation import gettext as _

from progress.bulk.formulas import harmless
from stakeholders.columns import DataSet

Rows = Iterable[dict[str, str]]
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
NO_TIME = datetime(2018, 9, 25)  # noqa: DTZ001 - the format knows no time zone; a fixed day keeps files comparable
MOST_CHARACTERS_IN_CELL = 32_767
COLUMN_WIDTH = 22


class TooLongForCell(Exception):
    """A text that no cell of a workbook can hold whole."""


def write_csv(path: Path, dataset: DataSet, rows: Rows) -> None:
    """UTF-8 with a byte order mark, commas, CR LF; nobody's words begin a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(dataset.column_names)
        for row in rows:
            writer.writerow([harmless(row[name]) for name in dataset.column_names])


def write_json(path: Path, dataset: DataSet, rows: Rows) -> None:
    """{"data_set", "rows": [{column: text}]}, one row a line."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f'{{"data_set": "{dataset.name}", "rows": [')
        for position, row in enumerate(rows):
            ordered = {name: row[name] for name in dataset.column_names}
            stream.write(f"{',' if position else ''}\n{json.dumps(ordered, ensure_ascii=False)}")
        stream.write("\n]}\n")


def write_xlsx(path: Path, dataset: DataSet, rows: Rows) -> None:
    """One sheet of texts, and one that explains the columns. Raises TooLongForCell."""
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    book.set_properties({"title": str(dataset.title), "created": NO_TIME, "author": ""})
    head, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(dataset.name)
    sheet.set_column(0, len(dataset.columns) - 1, COLUMN_WIDTH, text)
    sheet.freeze_panes(1, 0)
    for index, name in enumerate(dataset.column_names):
        sheet.write_string(0, index, name, head)
    try:
        for line, row in enumerate(rows, start=1):
            for index, name in enumerate(dataset.column_names):
                _write_cell(sheet, line, index, row[name], text)
        _explain(book, dataset, head)
    finally:
        book.close()


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, line: int, index: int, value: str, text: object) -> None:
    if len(value) > MOST_CHARACTERS_IN_CELL:
        raise TooLongForCell
    if value:
        sheet.write_string(line, index, value, text)


def _explain(book: xlsxwriter.Workbook, dataset: DataSet, head: object) -> None:
    sheet = book.add_worksheet("columns")
    sheet.set_column(0, 3, COLUMN_WIDTH)
    for index, label in enumerate((_("Column"), _("Kind"), _("Values"), _("Meaning"))):
        sheet.write_string(0, index, label, head)
    for line, column in enumerate(dataset.columns, start=1):
        told = (column.name, str(column.kind_label), ", ".join(column.choices), str(column.meaning))
        for index, value in enumerate(told):
            sheet.write_string(line, index, value)


WRITERS: dict[str, Callable[[Path, DataSet, Rows], None]] = {"csv": write_csv, "xlsx": write_xlsx, "json": write_json}
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
