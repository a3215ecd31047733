"""A snapshot becomes a report in one language: the figures agree, and what is shown says what it is."""

import re
from pathlib import Path

import pytest
from lxml import html

from reports.rendering.bidi import isolate
from reports.rendering.composition import compose
from reports.rendering.html import render_html
from reports.rendering.text_guard import guard
from stakeholders.collation import collation_key
from tests.reports.rendering.sample import FINGERPRINT, LANGUAGES, assignment, sample, six

ROOT = Path(__file__).resolve().parent.parent.parent.parent


def test_every_figure_is_the_same_in_all_six_languages() -> None:
    seen = set()
    for language in LANGUAGES:
        report = compose(sample(), language, fingerprint=FINGERPRINT)
        codes = tuple(c.code for chapter in report.chapters for c in chapter.commitments)
        seen.add((tuple(figure.value for figure in report.figures[:2] + report.figures[3:]), codes))
        coverage = report.tables[0].texts
        assert [row[1:4] for row in coverage] == [["2", "2", "1"], ["1", "1", "0"], ["3", "3", "1"]]
    assert seen == {(("3", "1", "3", "2", "2"), ("1.1", "1.2", "2.1"))}


def test_tables_and_charts_add_up() -> None:
    report = compose(sample(), "en", fingerprint=FINGERPRINT)
    expected, contributed, owners, cycles = report.charts
    assert [bar.total for bar in expected.bars] == ["2", "1"]
    assert [bar.total for bar in contributed.bars] == ["2", "0"]
    assert [bar.total for bar in cycles.bars] == ["4", "3"]
    for chart, total in ((expected, "3"), (contributed, "2"), (owners, "3")):
        assert chart.table.texts[-1][-1] == total
    for chart in report.charts:
        for row in chart.table.texts:
            assert sum(map(int, row[1:-1])) == int(row[-1])
        for bar in chart.bars:
            assert sum(int(segment.value) for segment in bar.segments) == int(bar.total)
    by_area, by_owner = report.tables
    assert by_area.texts[-1][1:] == by_owner.texts[-1][1:]


def test_what_was_not_received_has_its_place_among_expected_answers_alone() -> None:
    expected, contributed, *_others = compose(sample(), "en", fingerprint=FINGERPRINT).charts
    assert expected.legend[-1] == ("no_information", "No information received")
    assert expected.bars[1].description == "No information received: 1"
    assert "no_information" not in dict(contributed.legend)


def test_the_chart_grows_from_the_right_in_arabic() -> None:
    english = compose(sample(), "en", fingerprint=FINGERPRINT).charts[0].bars[0].segments[0]
    arabic = compose(sample(), "ar", fingerprint=FINGERPRINT).charts[0].bars[0].segments[0]
    assert english.start == 0
    assert arabic.start + arabic.width == 1


def test_an_untranslated_update_says_so_and_keeps_its_own_direction() -> None:
    report = compose(sample(), "en", fingerprint=FINGERPRINT)
    answer = report.chapters[0].commitments[0].answers[1]
    assert (answer.lang, answer.direction) == ("ar", "rtl")
    assert answer.language_note == "Written in Arabic; not translated."
    assert "1 update has not been translated" in " ".join(report.method.paragraphs)


def test_a_translation_is_shown_in_its_place() -> None:
    report = compose(sample(), "fr", fingerprint=FINGERPRINT)
    answer = report.chapters[0].commitments[1].answers[0]
    assert answer.lang == "fr"
    assert answer.parts[0].paragraphs == ["Texte traduit."]


def test_who_has_not_reported_is_listed_and_invitations_are_counted_apart() -> None:
    report = compose(sample(), "en", fingerprint=FINGERPRINT)
    rows = {row[0]: row[1:3] for row in report.annex.tables[0].texts}
    assert rows == {
        "Demonstration State Alpha (en) (demonstration)": ["2.1", "—"],
        "Demonstration State Beta (en) (demonstration)": ["1.2", "1"],
    }


def test_the_day_of_asking_is_said_once_where_it_is_the_same_for_all() -> None:
    snapshot = sample()
    once = compose(snapshot, "en", fingerprint=FINGERPRINT).annex
    assert "1 October 2026" in once.paragraphs[1]
    assert len(once.tables[0].columns) == 3
    snapshot["assignments"][-1]["asked_on"] = "2026-10-09"
    each = compose(snapshot, "en", fingerprint=FINGERPRINT).annex
    assert [row[-1] for row in each.tables[0].texts] == ["9 October 2026", "1 October 2026"]


def test_expected_and_invited_silence_are_told_apart() -> None:
    chapters = compose(sample(), "en", fingerprint=FINGERPRINT).chapters
    collective, own = chapters[0].commitments
    assert collective.silence == ["1 invited stakeholder has not contributed."]
    assert own.silence == ["No information received from: Demonstration State Beta (en)."]


def test_many_silent_stakeholders_are_counted_and_named_in_the_annex_alone() -> None:
    snapshot = sample()
    for n in range(13):
        state = {**snapshot["stakeholders"][0], "code": f"demo-{n}", "name": six(f"Demonstration State {n:02}")}
        snapshot["stakeholders"].append(state)
        snapshot["assignments"].append(assignment("c3", state["code"], "expected"))
    report = compose(snapshot, "en", fingerprint=FINGERPRINT)
    told = report.chapters[1].commitments[0].silence
    assert told == ["No information received from 14 stakeholders, named in the annex."]
    assert len(report.annex.tables[0].rows) == 15


def test_an_official_list_is_not_called_a_working_breakdown() -> None:
    snapshot = sample()
    assert any("working breakdown" in note for note in compose(snapshot, "en", fingerprint="").cover_notes)
    for row in snapshot["commitments"]:
        row.update(provenance="official", official_text=six("The official words"))
    report = compose(snapshot, "en", fingerprint="")
    assert not any("working breakdown" in note for note in report.cover_notes)
    official = report.chapters[0].commitments[0].official
    assert official is not None
    assert official.paragraphs == ["The official words (en)"]


def test_characters_no_font_draws_are_counted_for_the_method_note() -> None:
    snapshot = sample()
    assert compose(snapshot, "en", fingerprint="").replaced.startswith("2 characters")
    snapshot["assignments"][0]["update"]["obstacles"] = ""
    assert compose(snapshot, "en", fingerprint="").replaced == ""
    snapshot["supersedes"] = {"as_of": snapshot["as_of"], "reason": "Corrected \U0001f600"}
    assert compose(snapshot, "en", fingerprint="").replaced.startswith("1 character ")


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("ru", ["Израиль", "Иордания", "Йемен", "Казахстан"]),
        ("ar", ["الأردن", "إسبانيا", "ألبانيا", "الإمارات", "بنما"]),
        ("fr", ["Égypte", "Espagne", "Éthiopie", "Fidji"]),
        ("es", ["nube", "ñandú", "ocaso"]),
        ("zh-hans", ["阿富汗", "德国", "法国", "中国"]),
    ],
)
def test_names_stand_where_readers_look_for_them(language: str, names: list[str]) -> None:
    backwards = list(reversed(names))
    assert sorted(backwards, key=lambda name: collation_key(name, language)) == names


def test_amounts_and_addresses_stay_whole_in_right_to_left_texts() -> None:
    assert isolate("بتكلفة 125 000 US$ لفائدة 1 250 فردا") == (
        "بتكلفة \u2066125 000 US$\u2069 لفائدة \u20661 250\u2069 فردا"
    )
    assert isolate("انظر https://un.org/a/، ثم S/RES/2436 (2018)") == (
        "انظر \u2066https://un.org/a/\u2069، ثم S/RES/2436 (2018)"
    )
    assert isolate("9.4 في المائة، 2018 و2019") == "9.4 في المائة، 2018 و2019"


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
        assert len(page.xpath("//@id")) == len(targets)
        assert not page.xpath("//@style")
        assert all(table.xpath("./caption") for table in page.xpath("//table"))
        assert not page.xpath("//table//th[not(@scope)]")


def test_nobodys_words_become_html() -> None:
    content = render_html(compose(sample(), "en", fingerprint=FINGERPRINT)).content.decode()
    assert "<script>" not in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content


def test_the_mark_of_the_report_is_that_of_the_site() -> None:
    def paths(name: str) -> list[str]:
        return re.findall(r"<path.*?>", (ROOT / name).read_text(encoding="utf-8"))

    assert paths("templates/reports/document/mark.svg") == paths("static/img/mark.svg") != []


def test_the_guard_drops_what_steers_and_boxes_what_no_font_draws() -> None:
    assert guard("a\u202eb\x07c") == "abc"
    assert guard("smile \U0001f600") == "smile \u25a1"
    assert guard("e\u0301") == "é"
    assert guard("\u2066S/2018/1\u2069") == "\u2066S/2018/1\u2069"
