"""The charts of pages and reports: what each shows, whoever counted it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.figures import PUBLISHED, SILENT, STATUSES, Figures
from reports.rendering import words
from reports.rendering.charts import Key, Plan, Row

# Owner kinds borrow the grounds of the statuses; the legend of each chart says what they stand for in it.
GROUNDS_OF_OWNERS = {
    "secretariat": "completed",
    "member_states": "in_progress",
    "security_council": "ongoing",
    "contributors": "nothing_new",
    "hosts": "not_applicable",
    "collective": "not_started",
}

Link = Callable[[Mapping[str, str]], str]


@dataclass
class Group:
    """Figures of one area, owner or cycle. `filters` are what leads to the updates behind them."""

    label: str
    figures: Figures
    filters: Mapping[str, str] = field(default_factory=dict)
    leads: Mapping[str, int] = field(default_factory=dict)  # owner kind -> commitments it leads


def status_keys(*names: str) -> list[Key]:
    return [Key(name, words.status_label(name), name) for name in names]


def statuses_by_area(groups: Sequence[Group], total: Group, link: Link) -> list[Plan]:
    """Expected answers as shares of each area, then contributions on one scale: the two are never added up."""
    plans = []
    if total.figures.expected:
        plans.append(
            Plan(
                _("Expected answers by area and status as reported"),
                pgettext("column", "Area"),
                status_keys(*STATUSES, SILENT),
                [_row(g, g.figures.answers_and_silence, "expected", link) for g in groups],
                True,
                _row(total, total.figures.answers_and_silence, "expected", link),
            )
        )
    if total.figures.invited:
        plans.append(
            Plan(
                _("Published contributions to collective commitments by area and status as reported"),
                pgettext("column", "Area"),
                status_keys(*STATUSES),
                [_row(g, g.figures.contributions, "invited", link) for g in groups],
                False,
                _row(total, total.figures.contributions, "invited", link),
            )
        )
    return plans


def _row(group: Group, values: Mapping[str, int], kind: str, link: Link) -> Row:
    of_kind = {**group.filters, "kind": kind}
    links = {status: link({**of_kind, "status": status}) for status, n in values.items() if n}
    everything = of_kind if kind == "expected" else {**of_kind, "status": PUBLISHED}
    return Row(group.label, values, {**links, "": link(everything)})


def areas_by_owner(groups: Sequence[Group], total: Group) -> Plan:
    """How many commitments of each area each kind of owner leads."""
    keys = [
        Key(kind, words.owner_label(kind), GROUNDS_OF_OWNERS[kind])
        for kind in words.OWNER_KINDS
        if total.leads.get(kind)
    ]
    return Plan(
        _("Commitments by area and leading owner"),
        pgettext("column", "Area"),
        keys,
        [Row(group.label, group.leads) for group in groups],
        False,
        Row(total.label, total.leads),
    )


def coverage_over_cycles(groups: Sequence[Group], link: Link) -> Plan:
    """Of the answers each cycle expected, how many were published."""
    keys = [
        Key(PUBLISHED, pgettext("column", "Published"), "completed"),
        Key(SILENT, words.status_label(SILENT), SILENT),
    ]
    rows = []
    for group in groups:
        of_cycle = {**group.filters, "kind": "expected"}
        values = {PUBLISHED: group.figures.answered, SILENT: group.figures.expected - group.figures.answered}
        links = {name: link({**of_cycle, "status": name}) for name in values}
        rows.append(Row(group.label, values, {**links, "": link(of_cycle)}))
    return Plan(_("Expected answers published, cycle by cycle"), pgettext("column", "Cycle"), keys, rows, True)
