"""The report's rows as tables to calculate with: numbers stay numbers, dates stay dates, every column is explained.

The workbook has a sheet for each, the CSV file is the first of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.figures import SILENT, STATUSES, Figures, Snapshot
from reports.rendering import words
from reports.rendering.composition import demonstration_mark, document_title, subtitle
from reports.rendering.frame import Frame
from stakeholders.dates import long_moment
from stakeholders.languages import get_language

Value = str | int | float | date | None


@dataclass(frozen=True)
class Column:
    """`hxl` is its tag in the Humanitarian Exchange Language, `kind` is text, number, share, date or address."""

    key: str
    label: str
    meaning: str
    hxl: str
    kind: str = "text"
    width: int = 14


@dataclass
class Sheet:
    """`ids` are the keys of the columns that are the same in every language and together name a row."""

    key: str
    title: str
    columns: list[Column]
    rows: list[list[Value]]
    ids: tuple[str, ...]


@dataclass
class Workbook:
    """`about` are (label, value) lines that identify the report."""

    language: str
    title: str
    as_of: datetime
    about: list[tuple[str, str]]
    sheets: list[Sheet]

    @property
    def direction(self) -> str:
        return get_language(self.language).direction


def compose_sheets(snapshot: Snapshot, language: str, *, fingerprint: str) -> Workbook:
    with translation.override(language):
        frame = Frame(snapshot, language, fingerprint)
        sheets = [_answers(frame), _commitments(frame), _areas(frame), _owners(frame), _history(frame)]
        return Workbook(
            language=language,
            title=document_title(),
            as_of=frame.as_of,
            about=_about(frame),
            sheets=[sheet for sheet in sheets if sheet.rows],
        )


def _about(frame: Frame) -> list[tuple[str, str]]:
    lines = [
        (_("Report"), document_title()),
        (pgettext("column", "Cycle"), subtitle(frame)),
        (_("As of"), long_moment(frame.as_of, frame.language)),
        (_("Declaration"), frame.snapshot["declaration"]["title"].get(frame.language, "")),
        (_("Note"), frame.snapshot["declaration"]["note"].get(frame.language, "")),
        (pgettext("mark", "Demonstration"), demonstration_mark(frame)),
        (_("Address"), frame.address(f"reports/{frame.snapshot['report_id']}/")),
        (_("Fingerprint of the data (SHA-256)"), frame.fingerprint),
        (_("Version of the program"), frame.snapshot["software_version"]),
    ]
    return [(label, text) for label, text in lines if text]


def answer_columns() -> list[Column]:
    column = Column
    return [
        column("area", pgettext("column", "Area"), _("Number of the area."), "#sector+code", "number", 7),
        column("commitment", _("Code"), _("Displayed code of the commitment."), "#activity+code", width=9),
        column(
            "commitment_id", _("Stable id"), _("Id of the commitment that never changes."), "#activity+id", width=16
        ),
        column("title", pgettext("column", "Commitment"), _("Title of the commitment."), "#activity+name", width=34),
        column("stakeholder_id", _("Code of the stakeholder"), _("Code that never changes."), "#org+code", width=18),
        column("stakeholder", pgettext("column", "Stakeholder"), _("Name of the stakeholder."), "#org+name", width=30),
        column(
            "kind", _("Kind"), _("Whether an answer was expected or a contribution invited."), "#meta+kind", width=12
        ),
        column("asked_on", _("Asked on"), _("Day on which the stakeholder was asked."), "#date+asked", "date", 13),
        column(
            "status_key",
            _("Status key"),
            _("The status as a word for programs; %(silent)s where nothing has been published.") % {"silent": SILENT},
            "#status+code",
            width=15,
        ),
        column(
            "status", _("Status as reported"), _("The status the stakeholder gave itself."), "#status+name", width=20
        ),
        column("narrative", _("What was done"), _("Words of the stakeholder."), "#description+done", width=60),
        column(
            "obstacles",
            _("Obstacles and support needed"),
            _("Words of the stakeholder."),
            "#description+obstacles",
            width=40,
        ),
        column("next_steps", _("Next steps"), _("Words of the stakeholder."), "#description+next", width=40),
        column("sources", _("Evidence and sources"), _("Words of the stakeholder."), "#description+sources", width=30),
        column("language", capfirst(_("language")), _("Language of the words in this row."), "#meta+lang", width=10),
        column("note", _("Note"), _("Whether the words are a translation, and whose."), "#meta+note", width=30),
        column("published_on", _("Published on"), _("Day of publication, in UTC."), "#date+published", "date", 13),
        column("version", capfirst(_("version")), _("Number of the version quoted."), "#meta+version", "number", 9),
        column("address", _("Address"), _("Public page of exactly this version."), "#meta+url", "address", 40),
    ]


def _answers(frame: Frame) -> Sheet:
    """One row an assignment, with what was published on it or the fact that nothing was."""
    areas = {area["uid"]: area["number"] for area in frame.snapshot["areas"]}
    rows = []
    for commitment in frame.snapshot["commitments"]:
        head = [areas[commitment["area"]], commitment["code"], commitment["uid"], commitment["title"][frame.language]]
        for assignment in frame.sorted(frame.assignments[commitment["uid"]]):
            rows.append([*head, *_answer(frame, assignment)])
    return Sheet("answers", _("Answers"), answer_columns(), rows, ("commitment_id", "stakeholder_id", "status_key"))


def _answer(frame: Frame, assignment: Mapping[str, Any]) -> list[Value]:
    code, update = assignment["stakeholder"], assignment["update"]
    asked = [
        code,
        frame.names[code],
        words.assignment_label(assignment["kind"]),
        date.fromisoformat(assignment["asked_on"]),
    ]
    if not update:
        return [*asked, SILENT, words.status_label(SILENT), *[None] * 9]
    shown = words.shown_texts(update, frame.language)
    return [
        *asked,
        update["status"],
        frame.told.statuses[update["status"]],
        *(shown[name] or None for name in words.TEXTS),
        shown["language"],
        frame.told.language_note(update) or None,
        datetime.fromisoformat(update["published_at"]).date(),
        update["number"],
        frame.address(f"versions/{update['version_id']}/"),
    ]


def count_columns() -> list[Column]:
    return [
        Column(
            "expected",
            _("Answers expected"),
            _("Answers expected when the cycle opened."),
            "#targeted+expected",
            "number",
        ),
        Column(
            "answered",
            _("Answers published"),
            _("Expected answers that have been published."),
            "#reached+answered",
            "number",
        ),
        Column(
            "coverage", _("Coverage"), _("Published answers divided by expected ones."), "#indicator+coverage", "share"
        ),
        Column(
            "invited",
            _("Contributions invited"),
            _("Invitations when the cycle opened."),
            "#targeted+invited",
            "number",
        ),
        Column(
            "contributed",
            _("Contributions published"),
            _("Contributions that have been published."),
            "#reached+contributed",
            "number",
        ),
    ]


def _ladder() -> list[Column]:
    meaning = _("Published updates with this status, expected and invited together.")
    return [Column(key, words.status_label(key), meaning, f"#indicator+{key}", "number") for key in STATUSES]


def figure_values(figures: Figures) -> list[Value]:
    answers = [figures.expected, figures.answered, figures.share]
    return [*answers, figures.invited, figures.contributed, *(figures.statuses[key] for key in STATUSES)]


def commitment_columns() -> list[Column]:
    return [
        Column("commitment", _("Code"), _("Displayed code of the commitment."), "#activity+code", width=9),
        Column(
            "commitment_id", _("Stable id"), _("Id of the commitment that never changes."), "#activity+id", width=16
        ),
        Column("title", pgettext("column", "Commitment"), _("Title of the commitment."), "#activity+name", width=40),
        Column(
            "statement",
            capfirst(_("statement")),
            _("The commitment in our own words."),
            "#description+statement",
            width=60,
        ),
        Column("lead", pgettext("owner", "Leads"), _("Kind of owner that leads."), "#org+type+lead", width=24),
        Column(
            "joint", pgettext("owner", "Together with"), _("Kinds of owners beside it."), "#org+type+joint", width=24
        ),
        Column("provenance", _("Rests on"), _("What the row of the catalogue rests on."), "#meta+provenance", width=30),
        *count_columns(),
        *_ladder(),
    ]


def _commitments(frame: Frame) -> Sheet:
    rows: list[list[Value]] = []
    for commitment in frame.snapshot["commitments"]:
        joint = words.listed([words.owner_label(kind) for kind in commitment["joint"]], frame.language)
        rows.append(
            [
                commitment["code"],
                commitment["uid"],
                commitment["title"][frame.language],
                commitment["statement"][frame.language],
                words.owner_label(commitment["lead"]),
                joint or None,
                words.provenance_label(commitment["provenance"]),
                *figure_values(frame.count([commitment])),
            ]
        )
    return Sheet("commitments", _("Commitments"), commitment_columns(), rows, ("commitment", "commitment_id"))


def _areas(frame: Frame) -> Sheet:
    columns = [
        Column("area", pgettext("column", "Area"), _("Number of the area."), "#sector+code", "number", 7),
        Column("title", capfirst(_("title")), _("Title of the area."), "#sector+name", width=40),
        *count_columns(),
        *_ladder(),
    ]
    rows: list[list[Value]] = [
        [area["number"], area["title"][frame.language], *figure_values(frame.count(frame.commitments_of(area)))]
        for area in frame.snapshot["areas"]
    ]
    return Sheet("areas", _("Areas"), columns, rows, ("area",))


def _owners(frame: Frame) -> Sheet:
    columns = [
        Column("owner", _("Owner key"), _("The kind of owner as a word for programs."), "#org+type+code", width=18),
        Column(
            "label", pgettext("column", "Leading owner"), _("Kind of owner that leads."), "#org+type+name", width=30
        ),
        Column(
            "commitments",
            _("Commitments"),
            _("Commitments led by this kind of owner."),
            "#indicator+commitments",
            "number",
        ),
        *count_columns(),
        *_ladder(),
    ]
    rows: list[list[Value]] = []
    for kind in words.OWNER_KINDS:
        led = [c for c in frame.snapshot["commitments"] if c["lead"] == kind]
        if led:
            rows.append([kind, words.owner_label(kind), len(led), *figure_values(frame.count(led))])
    return Sheet("owners", _("Owners"), columns, rows, ("owner",))


def cycle_columns() -> list[Column]:
    return [
        Column("cycle", _("Cycle key"), _("The cycle as in addresses."), "#period+code", width=12),
        Column("label", pgettext("column", "Cycle"), _("The cycle in words."), "#period+name", width=30),
        *count_columns()[:3],
    ]


def _history(frame: Frame) -> Sheet:
    rows: list[list[Value]] = [
        [c["key"], frame.quarter(c), c["expected"], c["answered"], c["answered"] / c["expected"]]
        for c in frame.snapshot["history"]
    ]
    return Sheet("cycles", _("Cycles"), cycle_columns(), rows, ("cycle",))
