"""What a report about two cycles adds: what each stakeholder said before, and what has moved since."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from reports import figures as counting
from reports.figures import FIRST, MOVED, NOT_AGAIN, PUBLISHED, SAME, kind_of_change
from reports.rendering import words
from reports.rendering.document import Cell, Table
from reports.rendering.frame import Frame


def kind_of(frame: Frame, assignment: dict[str, Any]) -> str:
    """Whether a published update is the first since the earlier cycle, moves the status or leaves it."""
    before = frame.before.get((assignment["commitment"], assignment["stakeholder"]))
    return kind_of_change(before["status"] if before else None, assignment["update"]["status"])


def change_of(frame: Frame, assignment: dict[str, Any]) -> str:
    """The change in words; empty where the status is what it was, and in reports about one cycle."""
    if frame.scope != "difference" or not assignment["update"]:
        return ""
    kind = kind_of(frame, assignment)
    if kind == SAME:
        return ""
    quarter = frame.quarter(frame.snapshot["baseline"])
    if kind == FIRST:
        return _("Nothing published in the earlier cycle (%(cycle)s).") % {"cycle": quarter}
    before = frame.before[assignment["commitment"], assignment["stakeholder"]]
    return _("Status in the earlier cycle (%(cycle)s): %(status)s.") % {
        "cycle": quarter,
        "status": words.status_label(before["status"]),
    }


def unchanged(frame: Frame, assignments: list[dict[str, Any]]) -> list[str]:
    """Who has published again without moving the status."""
    if frame.scope != "difference":
        return []
    same = [a for a in assignments if a["update"] and kind_of(frame, a) == SAME]
    return [_("Status unchanged: %(names)s.") % {"names": _names(frame, same)}] if same else []


def left_out(frame: Frame, uid: str) -> list[str]:
    """Who published in the earlier cycle and not in this one."""
    if frame.scope != "difference":
        return []
    gone = frame.gone.get(uid)
    if not gone:
        return []
    return [_("Published in the earlier cycle and not in this one: %(names)s.") % {"names": _names(frame, gone)}]


def changes(frame: Frame) -> Table:
    """How many updates of each area are first, moved, unchanged or missing."""
    rows = []
    for area in frame.snapshot["areas"]:
        label = area["short_title"][frame.language]
        rows.append(_changes_row(frame, label, frame.commitments_of(area), area=area["uid"]))
    return Table(
        caption=_("Changes from %(before)s to %(now)s")
        % {"before": frame.quarter(frame.snapshot["baseline"]), "now": frame.quarter(frame.snapshot["cycle"])},
        columns=[
            pgettext("column", "Area"),
            _("Published before"),
            _("Published now"),
            _("For the first time"),
            _("Status moved"),
            _("Status unchanged"),
            _("Not again"),
        ],
        rows=rows,
        numeric=[False] + [True] * 6,
        widths=[2.5, 1.1, 1.1, 1.1, 1.1, 1.1, 1],
        foot=_changes_row(frame, _("All areas"), frame.snapshot["commitments"]),
    )


def _changes_row(frame: Frame, label: str, commitments: list[dict[str, Any]], **filters: str) -> list[Cell]:
    uids = {c["uid"] for c in commitments}
    now = [a for uid in uids for a in frame.assignments[uid] if a["update"]]
    kinds = Counter(kind_of(frame, a) for a in now)
    before = sum(commitment in uids for commitment, _stakeholder in frame.before)
    gone = sum(len(frame.gone.get(uid, [])) for uid in uids)
    baseline = frame.snapshot["baseline"]["key"]
    return [
        Cell(label),
        frame.figure(before, **filters, cycle=baseline, status=PUBLISHED),
        frame.figure(len(now), **filters, status=PUBLISHED),
        frame.figure(kinds[FIRST], **filters, change=FIRST),
        frame.figure(kinds[MOVED], **filters, change=MOVED),
        frame.figure(kinds[SAME], **filters, change=SAME),
        frame.figure(gone, **filters, change=NOT_AGAIN),
    ]


def summary(frame: Frame) -> str:
    """The comparison in one sentence."""
    now = counting.count(frame.snapshot["assignments"])
    before = counting.count(frame.snapshot["before"])
    moved = sum(kind_of(frame, a) == MOVED for a in frame.snapshot["assignments"] if a["update"])
    told = _("Coverage was %(before)s in the earlier cycle (%(cycle)s) and is %(now)s now.") % {
        "before": frame.share(before),
        "cycle": frame.quarter(frame.snapshot["baseline"]),
        "now": frame.share(now),
    }
    statuses = ngettext(
        "%(n)s status as reported has moved since.", "%(n)s statuses as reported have moved since.", moved
    ) % {"n": frame.number(moved)}
    return words.joined([told, statuses], frame.language)


def _names(frame: Frame, assignments: list[dict[str, Any]]) -> str:
    return words.listed([frame.names[a["stakeholder"]] for a in frame.sorted(assignments)], frame.language)
