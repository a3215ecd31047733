"""The report in one language, ready to be laid out: every word chosen, every number written. No renderer translates."""

from dataclasses import dataclass, field

NOTHING = "—"


@dataclass(frozen=True)
class Cell:
    """What a table shows in one place; `url` leads to what a figure counts, and is empty for words and noughts."""

    text: str
    url: str = ""
    is_figure: bool = False


@dataclass
class Table:
    """`widths` are the columns' shares of the line, `numeric` tells which hold figures, `foot` is the totals' line."""

    caption: str
    columns: list[str]
    rows: list[list[Cell]]
    numeric: list[bool]
    widths: list[float]
    foot: list[Cell] = field(default_factory=list)

    @property
    def head(self) -> list[tuple[str, bool]]:
        return list(zip(self.columns, self.numeric, strict=True))

    @property
    def texts(self) -> list[list[str]]:
        """The words and figures alone, the totals' line last."""
        return [[cell.text for cell in row] for row in [*self.rows, *([self.foot] if self.foot else [])]]


@dataclass
class Segment:
    """A piece of a bar: from `start`, `width` wide, both as shares of the whole line, in physical (left to right) x.

    `has_room` tells whether `value` fits into the piece; where it does not, the table beside the chart has it.
    """

    key: str
    value: str
    start: float
    width: float
    has_room: bool

    @property
    def x(self) -> str:
        return _percent(self.start)

    @property
    def breadth(self) -> str:
        return _percent(self.width)

    @property
    def middle(self) -> str:
        return _percent(self.start + self.width / 2)


def _percent(share: float) -> str:
    """A length in SVG, whatever the language of the page does to decimal signs."""
    return f"{share * 100:.4g}%"


@dataclass
class Bar:
    label: str
    total: str
    description: str
    segments: list[Segment]


@dataclass
class Chart:
    """Stacked bars and the table of the same figures; `description` repeats them in words."""

    caption: str
    description: str
    legend: list[tuple[str, str]]  # (key, label)
    bars: list[Bar]
    table: Table


@dataclass
class KeyFigure:
    label: str
    value: str
    url: str


@dataclass
class Part:
    heading: str
    paragraphs: list[str]


@dataclass
class Answer:
    """What one stakeholder said. `lang` and `direction` are those of the words shown, not of the report.

    `change` compares with the earlier cycle in a report about the difference of two; it is empty elsewhere.
    `wanted` and `original` are the languages of the report and of the update.
    """

    version: int
    wanted: str
    original: str

    stakeholder: str
    mark: str
    status: str
    status_key: str
    language_note: str
    source_note: str
    change: str
    lang: str
    direction: str
    parts: list[Part]
    published: str
    url: str

    @property
    def from_source(self) -> bool:
        return bool(self.source_note)


@dataclass
class CommitmentSection:
    code: str
    title: str
    statement: str
    official: Part | None
    facts: list[tuple[str, str]]
    answers: list[Answer]
    silence: list[str]
    url: str


@dataclass
class Chapter:
    anchor: str
    kicker: str
    short_title: str
    title: str
    intro: str
    table: Table
    commitments: list[CommitmentSection]


@dataclass
class Annex:
    heading: str
    paragraphs: list[str]
    tables: list[Table]


@dataclass
class ReportDocument:
    """`replaced` says how many characters no bundled font draws, for the formats that bring their own fonts."""

    language: str
    html_lang: str
    direction: str
    title: str
    subtitle: str
    as_of: str
    as_of_iso: str
    demonstration: str
    cover_notes: list[str]
    labels: dict[str, str]
    summary: Part
    figures: list[KeyFigure]
    tables: list[Table]
    charts: list[Chart]
    chapters: list[Chapter]
    annex: Annex
    method: Part
    provenance: Table
    replaced: str = ""
