"""Files of data sets, compared."""

from pathlib import Path

from openpyxl import load_workbook


def is_same_file(first: Path, second: Path) -> bool:
    """Byte by byte; workbooks, which say when they were made, sheet by sheet and cell by cell."""
    if first.suffix != ".xlsx":
        return first.read_bytes() == second.read_bytes()
    return _cells(first) == _cells(second)


def _cells(workbook: Path) -> dict[str, list[tuple[object, ...]]]:
    return {sheet.title: list(sheet.values) for sheet in load_workbook(workbook)}
