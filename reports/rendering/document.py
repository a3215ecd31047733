"""The report in one language, ready to be laid out: every word chosen, every number written. No renderer translates."""

from dataclasses import dataclass, field


@dataclass
class Table:
    """`widths` are the columns' shares of the line, `numeric` tells which hold figures, `foot` is the totals' line."""

    caption: str
    columns: list[str]
    rows: list[list[str]]
    numeric: list[bool]
    widths: list[float]
    foot: list[str] = field(default_factory=list)

    @property
    def head(self) -> list[tuple[str, bool]]:
        return self._marked(self.columns)

    @property
    def body(self) -> list[list[tuple[str, bool]]]:
        return [self._marked(row) for row in self.rows]

    @property
    def total(self) -> list[tuple[str, bool]]:
        return self._marked(self.foot)

    def _marked(self, cells: list[str]) -> list[tuple[str, bool]]:
        """Each cell with whether it is a figure; an empty line stays empty."""
        return list(zip(cells, self.numeric, strict=True)) if cells else []


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
class Part:
    heading: str
    paragraphs: list[str]


@dataclass
class Answer:
    """What one stakeholder said. `lang` and `direction` are those of the words shown, not of the report."""

    stakeholder: str
    mark: str
    status: str
    status_key: str
    note: str
    lang: str
    direction: str
    parts: list[Part]
    published: str
    url: str


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
    figures: list[tuple[str, str]]
    coverage: Table
    charts: list[Chart]
    owners: Table
    chapters: list[Chapter]
    annex: Annex
    method: Part
    provenance: Table
    replaced: str = ""
