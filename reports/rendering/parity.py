"""Do the six languages say the same? Each is compared with the English one, place by place, words left out.

Stakeholders stand in the alphabetical order of each language, so their answers are compared by version; everything
else has one order.
"""

import re
from collections.abc import Iterable, Iterator

from reports.rendering.document import Chapter, ReportDocument, Table
from reports.rendering.sheets import Workbook

REFERENCE = "en"
GROUPING = re.compile(r"(?<=\d)[,.\s\u00a0\u202f](?=\d{3}(?!\d))")
NEUTRAL_KINDS = ("number", "share", "date")

Skeleton = dict[str, str]


def of_document(document: ReportDocument) -> Skeleton:
    """Place -> what every language must have there."""
    return dict(_document(document))


def of_workbook(workbook: Workbook) -> Skeleton:
    places: Skeleton = {}
    for sheet in workbook.sheets:
        neutral = [
            i for i, column in enumerate(sheet.columns) if column.kind in NEUTRAL_KINDS or column.key in sheet.ids
        ]
        ids = [i for i, column in enumerate(sheet.columns) if column.key in sheet.ids]
        places[f"{sheet.key} / columns"] = ", ".join(column.key for column in sheet.columns)
        for row in sheet.rows:
            place = " / ".join(str(row[i]) for i in ids)
            places[f"{sheet.key} / {place}"] = ", ".join(str(row[i]) for i in neutral)
    return places


def first_difference(reference: Skeleton, other: Skeleton) -> str | None:
    """The first place where they differ, with both values; None where they are the same."""
    for place, value in reference.items():
        if other.get(place) != value:
            return f"{place}: {value} ≠ {other.get(place, '–')}"
    return next((f"{place}: – ≠ {other[place]}" for place in other if place not in reference), None)


def numbers(text: str) -> str:
    """The numbers of a cell in rising order: "3 of 1,250" and "1250项中的3项" hold the same."""
    return " ".join(sorted(re.findall(r"\d+", GROUPING.sub("", text)), key=int))


def _document(document: ReportDocument) -> Iterator[tuple[str, str]]:
    yield "cover / notes", str(len(document.cover_notes))
    yield "summary / paragraphs", str(len(document.summary.paragraphs))
    for n, figure in enumerate(document.figures, start=1):
        yield f"key figure {n}", numbers(figure.value)
    for n, table in enumerate(document.tables, start=1):
        yield from _table(f"summary / table {n}", table)
    for n, chart in enumerate(document.charts, start=1):
        yield f"chart {n} / legend", ", ".join(ground for ground, _label in chart.legend)
        for m, bar in enumerate(chart.bars, start=1):
            drawn = sorted((segment.key, numbers(segment.value), round(segment.width, 4)) for segment in bar.segments)
            yield f"chart {n} / bar {m}", str(drawn)
        yield from _table(f"chart {n} / table", chart.table)
    yield "chapters", ", ".join(chapter.anchor for chapter in document.chapters)
    for chapter in document.chapters:
        yield from _chapter(chapter)
    yield "annex / tables", ", ".join(str(len(table.rows)) for table in document.annex.tables)
    yield "method / paragraphs", str(len(document.method.paragraphs))
    yield from _table("method / table", document.provenance)


def _table(place: str, table: Table) -> Iterator[tuple[str, str]]:
    for n, row in enumerate([*table.rows, table.foot], start=1):
        figures = (numbers(cell.text) for cell in row if cell.is_figure)
        yield f"{place} / line {n}", " | ".join(figures)


def _chapter(chapter: Chapter) -> Iterator[tuple[str, str]]:
    yield f"{chapter.anchor} / commitments", ", ".join(c.code for c in chapter.commitments)
    yield from _table(f"{chapter.anchor} / table", chapter.table)
    for commitment in chapter.commitments:
        place = f"{chapter.anchor} / {commitment.code}"
        yield f"{place} / notes", f"{len(commitment.facts)}, {len(commitment.silence)}"
        yield f"{place} / answers", _listed(answer.version for answer in commitment.answers)
        for answer in commitment.answers:
            says_language = bool(answer.language_note) == (answer.original != answer.wanted)
            said = [answer.status_key, str(bool(answer.change)), str(answer.from_source), str(says_language)]
            yield f"{place} / version {answer.version}", ", ".join(said)


def _listed(versions: Iterable[int]) -> str:
    return ", ".join(str(version) for version in sorted(versions))
