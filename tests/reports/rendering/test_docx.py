"""The Word file, opened by readers that did not write it."""

import io
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree

from reports.rendering import typesetting
from reports.rendering.composition import compose
from reports.rendering.docx import render_docx
from reports.rendering.docx_text import Voice
from reports.rendering.failures import RenderFailed
from tests.reports.rendering.sample import ARABIC, ENGLISH, FINGERPRINT, HOSTILE, sample

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARKS = re.compile("[\u200e\u200f]")
LANGUAGES = ("ar", "zh-hans", "en")
# The order the schema demands, as far as this file goes.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore pBdr shd suppressAutoHyphens bidi spacing ind jc outlineLvl",
    "rPr": "rStyle rFonts b bCs color sz szCs u rtl lang",
    "tblPr": "tblStyle bidiVisual tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW tcBorders shd vAlign",
    "sectPr": "headerReference footerReference pgSz pgMar cols titlePg bidi",
    "style": "name basedOn next qFormat pPr rPr tblPr tcPr tblStylePr",
    "tbl": "bookmarkStart tblPr tblGrid tr",
}


class Opened:
    """One language of the sample, its parts parsed."""

    def __init__(self, language: str) -> None:
        self.document = compose(sample(), language, fingerprint=FINGERPRINT)
        self.content = render_docx(self.document).content
        self.reader = docx.Document(io.BytesIO(self.content))
        with zipfile.ZipFile(io.BytesIO(self.content)) as packed:
            self.dates = {entry.date_time for entry in packed.infolist()}
            self.parts = {name: packed.read(name) for name in packed.namelist()}

    def part(self, name: str) -> Any:
        return etree.fromstring(self.parts[f"word/{name}.xml"])

    @property
    def shown(self) -> list[Any]:
        return [self.part(name) for name in ("document", "header1", "footer1")]

    def paragraph(self, words: str) -> Any:
        return next(p for p in self.part("document").iter(f"{W}p") if words in text_of(p))

    @property
    def headings(self) -> list[tuple[str, str]]:
        found = [(p.style.name, p.text) for p in self.reader.paragraphs if p.style is not None]
        return [(name, MARKS.sub("", text)) for name, text in found if name.startswith("Heading")]


@pytest.fixture(scope="module")
def opened() -> dict[str, Opened]:
    return {language: Opened(language) for language in LANGUAGES}


def text_of(element: Any) -> str:
    return MARKS.sub("", "".join(element.itertext(f"{W}t")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_stand_in_the_order_of_the_report(opened: dict[str, Opened], language: str) -> None:
    document = opened[language].document
    expected = [("Heading 1", document.summary.heading)]
    for chapter in document.chapters:
        expected.append(("Heading 1", chapter.short_title))
        for commitment in chapter.commitments:
            expected.append(("Heading 2", f"{commitment.code} {commitment.title}"))
            expected += [("Heading 3", f"{a.stakeholder} ({a.mark})") for a in commitment.answers]
    expected += [("Heading 1", document.annex.heading), ("Heading 1", document.method.heading)]
    assert opened[language].headings == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_lead_to_the_headings_and_name_no_pages(opened: dict[str, Opened], language: str) -> None:
    file = opened[language]
    body = file.part("document")
    marks = {mark.get(f"{W}name"): mark.getparent() for mark in body.iter(f"{W}bookmarkStart")}
    lines = [link for link in body.iter(f"{W}hyperlink") if link.get(f"{W}anchor")]
    assert [text_of(link) for link in lines] == [text for name, text in file.headings if name != "Heading 3"]
    assert all(text_of(marks[link.get(f"{W}anchor")]) == text_of(link) for link in lines)
    assert [field.text.split() for field in body.iter(f"{W}instrText")] == [["TOC", "\\o", '"1-2"', "\\h", "\\n"]]


@pytest.mark.parametrize(("language", "tag"), [("ar", "ar-SA"), ("zh-hans", "zh-CN"), ("en", "en-GB")])
def test_it_says_its_title_language_and_time(opened: dict[str, Opened], language: str, tag: str) -> None:
    file = opened[language]
    properties = file.reader.core_properties
    assert properties.title == f"{file.document.title} – {file.document.subtitle}"
    assert properties.language == file.document.html_lang
    assert properties.created == properties.modified == datetime(2026, 11, 23, 19, 50, tzinfo=UTC)
    assert properties.author == properties.last_modified_by == properties.comments == ""
    defaults = file.part("styles").find(f"{W}docDefaults//{W}lang")
    assert (defaults.get(f"{W}val"), defaults.get(f"{W}bidi")) == (tag, "ar-SA")


def test_in_arabic_everything_runs_from_right_to_left(opened: dict[str, Opened]) -> None:
    file = opened["ar"]
    for part in file.shown:
        for paragraph in part.iter(f"{W}p"):
            assert paragraph.find(f"{W}pPr/{W}bidi") is not None, text_of(paragraph)
    tables = list(file.part("document").iter(f"{W}tbl"))
    assert tables
    assert all(table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in tables)
    assert file.part("document").find(f".//{W}sectPr/{W}bidi") is not None
    for run in file.part("document").iter(f"{W}r"):
        letters = "".join(run.itertext(f"{W}t"))
        is_turned = run.find(f"{W}rPr/{W}rtl") is not None
        assert is_turned or not re.search("[\u0620-\u064a]", letters), letters
        assert not is_turned or not re.search("[A-Za-z]", letters), letters


def test_words_keep_the_direction_and_language_they_were_written_in(opened: dict[str, Opened]) -> None:
    quoted = opened["en"].paragraph(ARABIC)
    assert quoted.find(f"{W}pPr/{W}bidi").get(f"{W}val") is None
    assert {lang.get(f"{W}bidi") for lang in quoted.iter(f"{W}lang")} == {"ar-SA"}
    assert quoted.find(f"{W}r/{W}rPr/{W}rtl") is not None
    quoted = opened["ar"].paragraph(ENGLISH)
    assert quoted.find(f"{W}pPr/{W}bidi").get(f"{W}val") == "0"
    assert {lang.get(f"{W}val") for lang in quoted.iter(f"{W}lang")} == {"en-GB"}
    assert quoted.find(f".//{W}rtl") is None


def test_isolated_tokens_become_runs_of_their_own() -> None:
    runs = Voice("ar", "rtl").runs("بتكلفة \u2066125 000 US$\u2069، انظر S/RES/2436 (2018) (فقرة A4P)")
    made = [(text_of(run), run.find(f"{W}rPr/{W}rtl") is not None) for run in etree.fromstring(wrapped(runs))]
    assert made == [
        ("بتكلفة ", True),
        ("125 000 US$", False),
        ("، انظر ", True),
        ("S/RES/2436 (2018)", False),
        (" (فقرة ", True),
        ("A4P", False),
        (")", True),
    ]
    assert "\u2066" not in runs


def wrapped(runs: str) -> str:
    return f'<w:p xmlns:w="{W[1:-1]}">{runs}</w:p>'


@pytest.mark.parametrize("language", LANGUAGES)
def test_heads_of_tables_are_repeated_and_rows_are_whole(opened: dict[str, Opened], language: str) -> None:
    document = opened[language].document
    written = [*document.tables, *(chart.table for chart in document.charts), *(c.table for c in document.chapters)]
    written += [*document.annex.tables, document.provenance]
    tables = [
        t for t in opened[language].part("document").iter(f"{W}tbl") if t.find(f"{W}tblPr/{W}tblCaption") is not None
    ]
    assert len(tables) == len(written)
    for table, expected in zip(tables, written, strict=True):
        rows = table.findall(f"{W}tr")
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert heads == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        texts = [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in rows]
        assert texts == [expected.columns, *expected.texts]


def test_the_same_report_gives_the_same_bytes(opened: dict[str, Opened]) -> None:
    again = compose(sample(), "ar", fingerprint=FINGERPRINT)
    assert render_docx(again).content == opened["ar"].content
    assert opened["ar"].dates == {(1980, 1, 1, 0, 0, 0)}


def test_nobodys_words_become_markup(opened: dict[str, Opened]) -> None:
    for file in opened.values():
        assert HOSTILE.replace("\u202e", "") in text_of(file.part("document"))
        targets = re.findall(rb'Target="([^"]*)" TargetMode="External"', file.parts["word/_rels/document.xml.rels"])
        assert any(b"/versions/" in target for target in targets), "each update links to its version"
        assert all(target.startswith(b"https://tracker.example.org/") for target in targets)
        assert len(set(targets)) == len(targets)
        assert not list(file.part("document").iter(f"{W}fldSimple"))
        assert [field.text for field in file.part("footer1").iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]


def test_an_address_that_is_none_stays_text() -> None:
    document = compose(sample(), "en", fingerprint=FINGERPRINT)
    answer = document.chapters[0].commitments[0].answers[0]
    answer.url = 'javascript:alert(1)" x="'
    answer.stakeholder = "A & B <c>\x07\nsecond line"
    content = render_docx(document).content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert b"javascript" not in packed.read("word/_rels/document.xml.rels")
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
    assert f"A & B <c>\nsecond line ({answer.mark})" in texts
    assert f"{answer.status} · {answer.published}" in texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_are_pictures_with_words_that_stand_for_them(opened: dict[str, Opened], language: str) -> None:
    file = opened[language]
    pictures = [e for e in file.part("document").iter() if str(e.tag).endswith("}docPr")]
    assert [p.get("descr") for p in pictures] == [chart.description for chart in file.document.charts]
    assert len({p.get("id") for p in pictures}) == len(pictures) == len(file.reader.inline_shapes)
    for shape in file.reader.inline_shapes:
        assert shape.width.cm == pytest.approx(16, abs=0.1)
        assert 0.5 < shape.height.cm < 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_elements_stand_in_the_order_of_the_schema(opened: dict[str, Opened], language: str) -> None:
    for part in [*opened[language].shown, opened[language].part("styles")]:
        for element in part.iter():
            order = ORDERS.get(etree.QName(element).localname)
            if order:
                places = [order.split().index(etree.QName(child).localname) for child in element]
                assert places == sorted(places), etree.tostring(element)[:400]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_style_it_names_exists(opened: dict[str, Opened], language: str) -> None:
    file = opened[language]
    kinds = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
    known = {(style.get(f"{W}type"), style.get(f"{W}styleId")) for style in file.part("styles").iter(f"{W}style")}
    for part in file.shown:
        for element in part.iter(*(f"{W}{name}" for name in kinds)):
            assert (kinds[etree.QName(element).localname], element.get(f"{W}val")) in known


def test_a_missing_font_is_a_plain_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "FONT_FILES", typesetting.FONT_FILES[:3])
    with pytest.raises(RenderFailed) as failure:
        render_docx(compose(sample(), "en", fingerprint=FINGERPRINT))
    assert failure.value.code == "missing_font"


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice (LibreOffice) is not installed")
@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_office_program_reads_it_in_the_same_order(opened: dict[str, Opened], language: str, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(opened[language].content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "report.docx")], check=True, capture_output=True, timeout=120)
    text = MARKS.sub("", (tmp_path / "report.txt").read_text(encoding="utf-8-sig"))
    document = opened[language].document
    expected = [document.title, document.demonstration, document.labels["contents"], document.summary.paragraphs[0]]
    for chapter in document.chapters:
        expected += [chapter.kicker, chapter.intro]
        for commitment in chapter.commitments:
            expected += [commitment.statement]
            for answer in commitment.answers:
                expected += [answer.stakeholder, answer.published, answer.parts[0].paragraphs[0]]
            expected += commitment.silence
    expected += [document.annex.paragraphs[0], document.method.paragraphs[0]]
    position = 0
    for words in expected:
        position = text.index(words, position) + len(words)
