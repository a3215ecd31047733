"""Data files of updates that restate what an owner has said in public. The folder's README names the source."""

from dataclasses import dataclass
from pathlib import Path

from progress.models import Status
from stakeholders.datafiles import Row, by_key, read_rows, read_texts
from stakeholders.languages import CODES

UPDATE_COLUMNS = ["commitment", "status", "language"]
TEXT_COLUMNS = ["narrative", "obstacles", "next_steps", "sources"]
SECRETARIAT_PAGE = Path(__file__).resolve().parent / "data" / "secretariat-page"


@dataclass(frozen=True)
class SourceFiles:
    updates: list[Row]
    texts: dict[str, dict[str, Row]]


def read_sources(folder: Path) -> SourceFiles:
    """Raises DataFileError naming file, line and column."""
    updates = read_rows(folder / "updates.csv", UPDATE_COLUMNS, required=UPDATE_COLUMNS)
    by_key(updates, "commitment")
    texts = read_texts(folder / "texts", "commitment", TEXT_COLUMNS, required=["narrative", "sources"])
    for row in updates:
        row.one_of("status", Status.values)
        row.one_of("language", CODES)
        for language in CODES:
            row.one_of("commitment", texts[language])
    return SourceFiles(updates, texts)


def texts_of(files: SourceFiles, row: Row, language: str) -> dict[str, str]:
    found = files.texts[language][row["commitment"]]
    return {column: found[column] for column in TEXT_COLUMNS}
