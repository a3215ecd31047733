"""The front of the report: what was asked and published, in words, in figures and in two charts."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from reports.rendering import words
from reports.rendering.charts import Row, stacked_bars
from reports.rendering.document import Chart, Part, Table
from reports.rendering.figures import SILENT, STATUSES, Figures
from reports.rendering.frame import NOTHING, Frame


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
    sentences = [told, *([expected] if figures.expected else []), *([invited] if figures.invited else [])]
    return Part(pgettext("report", "Summary"), [words.joined(sentences, frame.language), silence])


def key_figures(frame: Frame) -> list[tuple[str, str]]:
    figures = frame.total
    return [
        (_("Answers expected"), frame.number(figures.expected)),
        (_("Answers published"), frame.number(figures.answered)),
        (_("Coverage"), frame.share(figures)),
        (_("Contributions invited"), frame.number(figures.invited)),
        (_("Contributions published"), frame.number(figures.contributed)),
        (_("Stakeholders that have reported"), frame.number(len(figures.stakeholders))),
    ]


def coverage_by_area(frame: Frame) -> Table:
    rows = []
    for area in frame.snapshot["areas"]:
        commitments = frame.commitments_of(area)
        rows.append(_coverage_row(frame, area["short_title"][frame.language], commitments))
    return _coverage_table(frame, _("Coverage by area"), pgettext("column", "Area"), rows, _("All areas"))


def coverage_by_owner(frame: Frame) -> Table:
    rows = []
    for kind in words.OWNER_KINDS:
        commitments = [c for c in frame.snapshot["commitments"] if c["lead"] == kind]
        if commitments:
            rows.append(_coverage_row(frame, words.owner_label(kind), commitments))
    return _coverage_table(
        frame, _("Coverage by leading owner"), pgettext("column", "Leading owner"), rows, _("All owners")
    )


def _coverage_table(frame: Frame, caption: str, first: str, rows: list[list[str]], all_of_them: str) -> Table:
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


def _coverage_row(frame: Frame, label: str, commitments: list[dict[str, Any]]) -> list[str]:
    figures = frame.count(commitments)
    answers = [frame.number(figures.expected), frame.number(figures.answered), frame.share(figures)]
    contributions = [frame.number(figures.invited), frame.number(figures.contributed)]
    return [
        label,
        frame.number(len(commitments)),
        *(answers if figures.expected else [NOTHING] * 3),
        *(contributions if figures.invited else [NOTHING] * 2),
    ]


def charts(frame: Frame) -> list[Chart]:
    """Expected answers as shares of each area, then contributions on one scale: the two are never added up."""
    drawn = []
    if frame.total.expected:
        caption = _("Expected answers by area and status as reported")
        drawn.append(_chart(frame, caption, (*STATUSES, SILENT), lambda f: f.answers_and_silence, full=True))
    if frame.total.invited:
        caption = _("Published contributions to collective commitments by area and status as reported")
        drawn.append(_chart(frame, caption, STATUSES, lambda f: dict(f.contributions), full=False))
    return drawn


def _chart(
    frame: Frame, caption: str, keys: tuple[str, ...], values: Callable[[Figures], dict[str, int]], *, full: bool
) -> Chart:
    rows = []
    for area in frame.snapshot["areas"]:
        counts = values(frame.count(frame.commitments_of(area)))
        told = [_labelled(frame, words.status_label(key), counts[key]) for key in keys if counts.get(key)]
        rows.append(Row(area["short_title"][frame.language], words.listed(told, frame.language) or NOTHING, counts))
    bars = stacked_bars(rows, keys, mirrored=frame.mirrored, full=full, write=frame.number)
    return Chart(
        caption=caption,
        description="; ".join(f"{bar.label} – {bar.description}" for bar in bars),
        legend=[(key, words.status_label(key)) for key in keys],
        bars=bars,
        table=_chart_table(frame, caption, keys, rows, values(frame.total)),
    )


def _labelled(frame: Frame, status: str, n: int) -> str:
    return _("%(status)s: %(n)s") % {"status": status, "n": frame.number(n)}


def _chart_table(frame: Frame, caption: str, keys: tuple[str, ...], rows: list[Row], total: dict[str, int]) -> Table:
    def line(label: str, counts: dict[str, int]) -> list[str]:
        return [label, *(frame.number(counts.get(key, 0)) for key in keys), frame.number(sum(counts.values()))]

    columns = [pgettext("column", "Area"), *(words.status_label(key) for key in keys), pgettext("column", "Total")]
    return Table(
        caption=caption,
        columns=columns,
        rows=[line(row.label, dict(row.values)) for row in rows],
        numeric=[False] + [True] * (len(columns) - 1),
        widths=[2.3] + [1.0] * (len(columns) - 2) + [0.8],
        foot=line(_("All areas"), total),
    )
