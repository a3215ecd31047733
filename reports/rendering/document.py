"""The report in one language, ready to be laid out: every word chosen, every number written. No renderer translates."""

from dataclasses import dataclass, field


@dataclass
class Table:
    """`numeric` tells which columns hold figures; `foot` is the line of totals, if there is one."""

    caption: str
    columns: list[str]
    rows: list[list[str]]
    numeric: list[bool]
    foot: list[str] = field(default_factory=list)


@dataclass
class Segment:
    """A piece of a bar: from `start`, `width` wide, both as shares of the whole line, in physical (left to right) x."""

    key: str
    value: str
    start: float
    width: float


@dataclass
class Bar:
    label: str
    total: str
    segments: list[Segment]


@dataclass
class Chart:
    """Stacked bars. The table of the same figures always stands beside it; `description` repeats them in words."""

    caption: str
    description: str
    legend: list[tuple[str, str]]  # (key, label)
    bars: list[Bar]


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
    facts: list[tuple[str, str]]
    answers: list[Answer]
    silence: str
    url: str


@dataclass
class Chapter:
    anchor: str
    kicker: str
    short_title: str
    title: str
    intro: str
    commitments: list[CommitmentSection]


@dataclass
class Annex:
    heading: str
    intro: str
    tables: list[Table]


@dataclass
class ReportDocument:
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
    area_table: Table
    chart: Chart
    chapters: list[Chapter]
    annex: Annex
    method: Part
    method_figures: list[tuple[str, str]]
