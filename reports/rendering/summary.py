"""The front of the report: what was asked and published, in words, in figures and in charts."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from reports.figures import PUBLISHED, Figures
from reports.rendering import plans, words
from reports.rendering.charts import draw
from reports.rendering.document import NOTHING, Cell, Chart, KeyFigure, Part, Table
from reports.rendering.frame import Frame
from reports.rendering.plans import Group


def summary(frame: Frame) -> Part:
    figures, reporting = frame.total, len(frame.total.stakeholders)
    told = ngettext(
        "%(n)s stakeholder has published at least one update in this cycle.",
        "%(n)s stakeholders have published at least one update in this cycle.",
        reporting,
    ) % {"n": frame.number(reporting)}
    expected = _("Of %(expected)s expected answers, %(answered)s have been published (%(share)s).") % {
        "expected": frame.number(figures.expected),
        "answered": frame.number(figures.answered),
        "share": frame.share(figures),
    }
    invited = _(
        "Beside these, %(invited)s invitations to contribute to collective commitments "
        "brought %(contributed)s published contributions."
    ) % {"invited": frame.number(figures.invited), "contributed": frame.number(figures.contributed)}
    silence = _(
        "Where nothing has been published, this report says that no information has been received. "
        "That is not a finding about what anybody has or has not done."
    )
    sentences = [
        *([told] if frame.scope != "dossier" else []),
        *([expected] if figures.expected else []),
        *([invited] if figures.invited else []),
    ]
    return Part(pgettext("report", "Summary"), [words.joined(sentences, frame.language), silence])


def key_figures(frame: Frame) -> list[KeyFigure]:
    figures = frame.total

    def key(label: str, value: str, n: int, **filters: str) -> KeyFigure:
        return KeyFigure(label, value, frame.trace(filters) if n else "")

    number = frame.number
    answered = {"kind": "expected", "status": PUBLISHED}
    return [
        key(_("Answers expected"), number(figures.expected), figures.expected, kind="expected"),
        key(_("Answers published"), number(figures.answered), figures.answered, **answered),
        key(_("Coverage"), frame.share(figures), figures.answered, **answered),
        key(_("Contributions invited"), number(figures.invited), figures.invited, kind="invited"),
        key(
            _("Contributions published"),
            number(figures.contributed),
            figures.contributed,
            kind="invited",
            status=PUBLISHED,
        ),
        key(
            _("Stakeholders that have reported"),
            number(len(figures.stakeholders)),
            len(figures.stakeholders),
            status=PUBLISHED,
        ),
    ]


def tables(frame: Frame) -> list[Table]:
    """Coverage by area and by leading owner; what has one row only is said in the summary already."""
    made = []
    if len(frame.snapshot["areas"]) > 1:
        made.append(_coverage_by_area(frame))
    if len(frame.leads(frame.snapshot["commitments"])) > 1:
        made.append(_coverage_by_owner(frame))
    return made


def _coverage_by_area(frame: Frame) -> Table:
    rows = [
        _coverage_row(frame, area["short_title"][frame.language], frame.commitments_of(area), area=area["uid"])
        for area in frame.snapshot["areas"]
    ]
    return _coverage_table(frame, _("Coverage by area"), pgettext("column", "Area"), rows, _("All areas"))


def _coverage_by_owner(frame: Frame) -> Table:
    rows = []
    for kind in words.OWNER_KINDS:
        commitments = [c for c in frame.snapshot["commitments"] if c["lead"] == kind]
        if commitments:
            rows.append(_coverage_row(frame, words.owner_label(kind), commitments, owner=kind))
    return _coverage_table(
        frame, _("Coverage by leading owner"), pgettext("column", "Leading owner"), rows, _("All owners")
    )


def _coverage_table(frame: Frame, caption: str, first: str, rows: list[list[Cell]], all_of_them: str) -> Table:
    return Table(
        caption=caption,
        columns=[
            first,
            _("Commitments"),
            _("Answers expected"),
            _("Answers published"),
            _("Coverage"),
            _("Contributions invited"),
            _("Contributions published"),
        ],
        rows=rows,
        numeric=[False] + [True] * 6,
        widths=[2.5, 1.2, 1, 1.1, 1, 1.2, 1.2],
        foot=_coverage_row(frame, all_of_them, frame.snapshot["commitments"]),
    )


def _coverage_row(frame: Frame, label: str, commitments: list[dict[str, Any]], **filters: str) -> list[Cell]:
    figures = frame.count(commitments)
    answered = {**filters, "kind": "expected", "status": PUBLISHED}
    nothing = Cell(NOTHING, is_figure=True)
    answers = [
        frame.figure(figures.expected, **filters, kind="expected"),
        frame.figure(figures.answered, **answered),
        Cell(frame.share(figures), frame.trace(answered) if figures.answered else "", is_figure=True),
    ]
    contributions = [
        frame.figure(figures.invited, **filters, kind="invited"),
        frame.figure(figures.contributed, **filters, kind="invited", status=PUBLISHED),
    ]
    return [
        Cell(label),
        Cell(frame.number(len(commitments)), is_figure=True),
        *(answers if figures.expected else [nothing] * 3),
        *(contributions if figures.invited else [nothing] * 2),
    ]


def charts(frame: Frame) -> list[Chart]:
    areas = [
        Group(
            area["short_title"][frame.language],
            frame.count(frame.commitments_of(area)),
            {"area": area["uid"]},
            frame.leads(frame.commitments_of(area)),
        )
        for area in frame.snapshot["areas"]
    ]
    total = Group(_("All areas"), frame.total, {}, frame.leads(frame.snapshot["commitments"]))
    drawn = plans.statuses_by_area(areas, total, frame.trace)
    if len(areas) > 1:
        drawn.append(plans.areas_by_owner(areas, total))
    if len(frame.snapshot["history"]) > 1:
        drawn.append(plans.coverage_over_cycles(_history(frame), frame.trace))
    return [draw(plan, frame.language) for plan in drawn]


def _history(frame: Frame) -> list[Group]:
    groups = []
    for cycle in frame.snapshot["history"]:
        figures = Figures(expected=cycle["expected"])
        figures.tell("expected", PUBLISHED, cycle["answered"])
        groups.append(Group(frame.quarter(cycle), figures, {"cycle": cycle["key"]}))
    return groups
