"""The six languages are compared before any file is written; a difference fails it and names the place."""

import json

import pytest

from reports.rendering import composition, formats, parity
from reports.rendering.composition import compose
from reports.rendering.document import ReportDocument
from reports.rendering.failures import RenderFailed
from reports.rendering.formats import Manuscript
from reports.rendering.sheets import compose_sheets
from tests.reports.rendering.sample import FINGERPRINT, LANGUAGES, sample


def test_the_six_languages_say_the_same() -> None:
    english = parity.of_document(compose(sample(), "en", fingerprint=FINGERPRINT))
    rows = parity.of_workbook(compose_sheets(sample(), "en", fingerprint=FINGERPRINT))
    assert len(english) > 50
    assert len(rows) > 15
    for language in LANGUAGES:
        other = parity.of_document(compose(sample(), language, fingerprint=FINGERPRINT))
        assert parity.first_difference(english, other) is None
        others = parity.of_workbook(compose_sheets(sample(), language, fingerprint=FINGERPRINT))
        assert parity.first_difference(rows, others) is None


def changed(document: ReportDocument, what: str) -> ReportDocument:
    commitment = document.chapters[0].commitments[0]
    if what == "status":
        commitment.answers[0].status_key = "completed"
    elif what == "answer":
        commitment.answers.pop()
    elif what == "figure":
        document.figures[0].value = "4"
    elif what == "order":
        document.chapters.reverse()
    elif what == "note":
        commitment.answers[0].language_note = ""
    elif what == "line":
        document.tables[0].rows.pop()
    return document


@pytest.mark.parametrize(
    ("what", "place"),
    [
        ("status", "a1 / 1.1 / version 1: in_progress"),
        ("answer", "a1 / 1.1 / answers: 1, 2"),
        ("figure", "key figure 1: 3 ≠ 4"),
        ("order", "chapters: a1, a2 ≠ a2, a1"),
        ("note", "a1 / 1.1 / version 1: in_progress, False, False, True ≠ in_progress, False, False, False"),
        ("line", "summary / table 1 / line 2"),
    ],
)
def test_a_difference_is_named_with_its_place(monkeypatch: pytest.MonkeyPatch, what: str, place: str) -> None:
    def defective(snapshot: object, language: str, *, fingerprint: str) -> ReportDocument:
        document = composition.compose(snapshot, language, fingerprint=fingerprint)  # type: ignore[arg-type] # a snapshot
        return changed(document, what) if language == "ar" else document

    monkeypatch.setattr(formats, "compose", defective)
    manuscript = Manuscript(json.dumps(sample()), FINGERPRINT)
    assert manuscript.document("fr").language == "fr"
    with pytest.raises(RenderFailed) as failure:
        manuscript.document("ar")
    assert failure.value.code == "parity"
    assert str(failure.value).startswith(f"en ≠ ar: {place}")


@pytest.mark.parametrize("text", ["3 of 1,250", "1250项中的3项", "3 sur 1\u202f250", "1.250 y 3", "3 из 1\u00a0250"])
def test_numbers_are_read_in_every_languages_grouping(text: str) -> None:
    assert parity.numbers(text) == "3 1250"
