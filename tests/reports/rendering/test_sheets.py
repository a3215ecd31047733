"""The workbook and the CSV file, opened by readers that did not write them."""

import csv
import io
from typing import Any

import openpyxl
import pytest

from reports.rendering.csv_file import plain, render_csv
from reports.rendering.sheets import compose_sheets
from reports.rendering.xlsx import render_xlsx
from tests.reports.rendering.sample import ARABIC, FINGERPRINT, HOSTILE, sample

LANGUAGES = ["ar", "zh-hans", "en"]


def workbook(language: str, snapshot: dict[str, Any] | None = None) -> Any:
    composed = compose_sheets(snapshot or sample(), language, fingerprint=FINGERPRINT)
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(composed).content))


def rows_of_csv(language: str, snapshot: dict[str, Any] | None = None) -> list[list[str]]:
    content = render_csv(compose_sheets(snapshot or sample(), language, fingerprint=FINGERPRINT)).content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sheet_has_filters_and_a_frozen_head_and_turns_with_the_language(language: str) -> None:
    book = workbook(language)
    assert len(book.sheetnames) == 7
    about, *sheets = book.worksheets
    for sheet in sheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
    for sheet in book.worksheets:
        assert bool(sheet.sheet_view.rightToLeft) == (language == "ar")
    words = {row[0].value: row[1].value for row in about.iter_rows()}
    assert FINGERPRINT in words.values()


def test_figures_are_numbers_and_dates_are_dates() -> None:
    answers, commitments = workbook("en").worksheets[1:3]
    head = [cell.value for cell in answers[1]]
    asked = answers.cell(2, head.index("Asked on") + 1).value
    assert (asked.year, asked.month, asked.day) == (2026, 10, 1)
    assert answers.cell(2, 1).value == 1
    head = [cell.value for cell in commitments[1]]
    assert commitments.cell(3, head.index("Coverage") + 1).value == 0.5
    assert commitments.cell(3, head.index("Coverage") + 1).number_format == "0%"


def test_every_column_is_in_the_dictionary() -> None:
    *sheets, dictionary = workbook("ar").worksheets
    described = {(row[0].value, row[1].value) for row in dictionary.iter_rows(min_row=2)}
    heads = {(sheet.title, cell.value) for sheet in sheets[1:] for cell in sheet[1]}
    assert heads == described
    assert all(row[4].value for row in dictionary.iter_rows(min_row=2))


def test_silence_has_a_row_and_no_words() -> None:
    rows = rows_of_csv("en")
    status, key = rows[0].index("Status as reported"), rows[0].index("Status key")
    silent = [row for row in rows[2:] if row[key] == "no_information"]
    assert len(silent) == 3
    assert {row[status] for row in silent} == {"No information received"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_csv_has_a_row_of_hxl_tags(language: str) -> None:
    rows = rows_of_csv(language)
    assert all(tag.startswith("#") for tag in rows[1])
    assert len(set(rows[1])) == len(rows[1])
    assert len(rows) == 2 + len(sample()["assignments"])
    assert {len(row) for row in rows} == {len(rows[0])}
    assert ARABIC in {cell for row in rows for cell in row}


def test_nobodys_words_become_a_formula_or_a_link() -> None:
    snapshot = sample()
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "https://evil.example/", HOSTILE]
    for text, assignment in zip(hostile[:3] * 2, snapshot["assignments"], strict=True):
        if assignment["update"]:
            assignment["update"]["narrative"] = text
            assignment["update"]["obstacles"] = hostile[5]
    book = workbook("en", snapshot)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert [cell for cell in cells if cell.hyperlink] == []
    flat = [cell for row in rows_of_csv("en", snapshot) for cell in row]
    assert not [cell for cell in flat if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert "'=1+1" in flat
    assert [plain(text) for text in hostile[3:5]] == ["'@SUM(A1)", "'\t=1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_report_gives_the_same_bytes(language: str) -> None:
    once, twice = (compose_sheets(sample(), language, fingerprint=FINGERPRINT) for _n in range(2))
    assert render_xlsx(once).content == render_xlsx(twice).content
    assert render_csv(once).content == render_csv(twice).content
