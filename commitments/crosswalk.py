"""The data files of other frames and of indicators. The README of each folder explains the columns."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from commitments.models import Dataset, Provenance
from stakeholders.datafiles import Row, by_key, read_rows, read_texts

DATA = Path(__file__).resolve().parent / "data"
CROSSWALK, INDICATORS = DATA / "a4p-plus", DATA / "indicators"


@dataclass(frozen=True)
class CrosswalkFiles:
    frame: Row
    items: list[Row]
    references: list[Row]
    texts: dict[str, dict[str, Row]]


def read_crosswalk(folder: Path) -> CrosswalkFiles:
    """Raises DataFileError."""
    frame = read_rows(folder / "frame.csv", ["code", "source"], required=["code", "source"])
    items = read_rows(folder / "items.csv", ["code", "provenance"], required=["code", "provenance"])
    references = read_rows(folder / "references.csv", ["item", "area", "commitment"], required=["item"])
    known = by_key(items, "code")
    for row in items:
        row.one_of("provenance", Provenance.values)
    for row in references:
        row.one_of("item", known)
        if bool(row["area"]) == bool(row["commitment"]):
            raise row.fault("area", _("name either an area or a commitment."))
    return CrosswalkFiles(
        frame[0], items, references, read_texts(folder / "texts", "code", ["title"], required=["title"])
    )


@dataclass(frozen=True)
class IndicatorFiles:
    indicators: list[Row]
    texts: dict[str, dict[str, Row]]


def read_indicators(folder: Path) -> IndicatorFiles:
    """Raises DataFileError."""
    columns = ["uid", "dataset", "commitments"]
    indicators = read_rows(folder / "indicators.csv", columns, required=columns)
    by_key(indicators, "uid")
    for row in indicators:
        row.one_of("dataset", Dataset.values)
    texts = ["title", "definition", "unit"]
    return IndicatorFiles(indicators, read_texts(folder / "texts", "uid", texts, required=texts))
