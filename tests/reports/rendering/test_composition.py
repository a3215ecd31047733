"""A snapshot becomes a report in one language: the figures agree, and what is shown says what it is."""

from lxml import html

from reports.rendering.composition import compose
from reports.rendering.html import render_html
from reports.rendering.text_guard import guard
from tests.reports.rendering.sample import FINGERPRINT, LANGUAGES, sample


def test_every_figure_is_the_same_in_all_six_languages() -> None:
    bars = set()
    for language in LANGUAGES:
        report = compose(sample(), language, fingerprint=FINGERPRINT)
        values = tuple(value for _label, value in report.figures)
        assert values[:3] == ("3", "3", "1")
        assert [row[2] for row in report.area_table.rows] == ["3", "0"]
        assert report.area_table.foot[2] == "3"
        bars.add(tuple(bar.total for bar in report.chart.bars))
        codes = [c.code for chapter in report.chapters for c in chapter.commitments]
        assert codes == ["1.1", "1.2", "2.1"]
    assert bars == {("3", "0")}


def test_the_chart_grows_from_the_right_in_arabic() -> None:
    english = compose(sample(), "en", fingerprint=FINGERPRINT).chart.bars[0].segments[0]
    arabic = compose(sample(), "ar", fingerprint=FINGERPRINT).chart.bars[0].segments[0]
    assert english.start == 0
    assert arabic.start + arabic.width == 1


def test_an_untranslated_update_says_so_and_keeps_its_own_direction() -> None:
    report = compose(sample(), "en", fingerprint=FINGERPRINT)
    answer = report.chapters[0].commitments[0].answers[1]
    assert (answer.lang, answer.direction) == ("ar", "rtl")
    assert answer.note == "Written in العربية; not translated."
    assert "1 update has not been translated" in " ".join(report.method.paragraphs)


def test_a_translation_is_shown_in_its_place() -> None:
    report = compose(sample(), "fr", fingerprint=FINGERPRINT)
    answer = report.chapters[0].commitments[1].answers[0]
    assert answer.lang == "fr"
    assert answer.parts[0].paragraphs == ["Texte traduit."]


def test_who_has_not_reported_is_listed_and_invitations_are_counted_apart() -> None:
    report = compose(sample(), "en", fingerprint=FINGERPRINT)
    rows = {row[0]: row[1:3] for row in report.annex.tables[0].rows}
    assert rows == {
        "Demonstration State Alpha (en) (demonstration)": ["2.1", "0"],
        "Demonstration State Beta (en) (demonstration)": ["1.2", "1"],
    }


def test_each_update_links_to_exactly_its_version() -> None:
    report = compose(sample(), "ru", fingerprint=FINGERPRINT)
    assert report.chapters[0].commitments[0].answers[0].url == "https://tracker.example.org/ru/versions/1/"


def test_the_html_is_one_file_in_the_right_direction() -> None:
    for language, direction in (("ar", "rtl"), ("zh-hans", "ltr"), ("en", "ltr")):
        report = compose(sample(), language, fingerprint=FINGERPRINT)
        page = html.document_fromstring(render_html(report).content)
        assert (page.get("lang"), page.get("dir")) == (report.html_lang, direction)
        assert len(page.xpath("//h1")) == 1
        assert not page.xpath("//script | //link | //img | //iframe")
        assert all(a.startswith(("#", "https://tracker.example.org/")) for a in page.xpath("//a/@href"))
        targets = set(page.xpath("//@id"))
        assert all(a[1:] in targets for a in page.xpath("//nav//a/@href"))


def test_the_guard_drops_what_steers_and_boxes_what_no_font_draws() -> None:
    assert guard("a\u202eb\x07c") == "abc"
    assert guard("smile \U0001f600") == "smile \u25a1"
    assert guard("e\u0301") == "é"
    assert guard("\u2066S/2018/1\u2069") == "\u2066S/2018/1\u2069"
