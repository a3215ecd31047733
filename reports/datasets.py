"""The tables behind the public pages, for people who calculate: columns explained, ids that never change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from commitments.models import Commitment, Measurement
from progress.models import Assignment, UpdateVersion
from reports import queries
from reports.behind import behind_figure
from reports.figures import SILENT
from reports.overview import areas_of, cycles_until, history_of, totals_by_cycle
from reports.reading import Reading
from reports.rendering import words
from reports.rendering.sheets import (
    Column,
    Sheet,
    Value,
    answer_columns,
    commitment_columns,
    count_columns,
    cycle_columns,
    figure_values,
)
from stakeholders.context import absolute, current_language
from stakeholders.models import Stakeholder

Filters = Mapping[str, str]


@dataclass(frozen=True)
class Dataset:
    """`filters` are the parameters of the address beside cycle and as_of; of `needs` at least one must be there."""

    title: str | Promise
    make: Callable[[Reading, Filters], Sheet]
    filters: frozenset[str]
    needs: frozenset[str] = frozenset()


def address_of(table: str, format: str, filters: Filters) -> str:
    """Where a table is to be had as a file."""
    address = reverse("data", args=[table, format])
    return f"{address}?{urlencode(filters)}" if filters else address


def commitments(reading: Reading, filters: Filters) -> Sheet:
    """One row a commitment with the figures of the cycle."""
    rows: list[list[Value]] = []
    language = current_language().code
    for row in (row for area in areas_of(reading.cycle, as_of=reading.as_of) for row in area.commitments):
        one = row.commitment
        if filters.get("area") not in (None, one.area.uid):
            continue
        joint = words.listed([owner.get_kind_display() for owner in one.joint], language)
        head = [one.code, one.uid, one.title, one.statement, one.lead.get_kind_display(), joint or None]
        rows.append([*head, one.get_provenance_display(), *figure_values(row.figures)])
    return Sheet("commitments", str(DATASETS["commitments"].title), commitment_columns(), rows, ("commitment_id",))


def cycles(reading: Reading, filters: Filters) -> Sheet:
    """One row a cycle: of everyone, of an area, of a commitment or of a stakeholder."""
    last = reading.cycle
    among = cycles_until(last, reading.begun) if last else []
    if code := filters.get("stakeholder"):
        counted = totals_by_cycle(among, as_of=reading.as_of, stakeholder=Stakeholder.objects.filter(code=code).first())
    else:
        counted = history_of(among, as_of=reading.as_of, commitments=_commitments_in(filters))
    rows: list[list[Value]] = [
        [cycle.key, str(cycle), *figure_values(figures)[:5]] for cycle, figures in counted if figures.is_asked
    ]
    columns = [*cycle_columns()[:2], *count_columns()]
    return Sheet("cycles", str(DATASETS["cycles"].title), columns, rows, ("cycle",))


def _commitments_in(filters: Filters) -> set[int] | None:
    columns = {"commitment": "uid", "area": "area__uid"}
    narrowed = {columns[name]: value for name, value in filters.items() if name in columns}
    return set(Commitment.objects.filter(**narrowed).values_list("pk", flat=True)) if narrowed else None


def stakeholders(reading: Reading, filters: Filters) -> Sheet:
    """One row a stakeholder, in the alphabetical order of the language."""
    columns = [
        Column("stakeholder_id", _("Code of the stakeholder"), _("Code that never changes."), "#org+code"),
        Column("stakeholder", pgettext("column", "Stakeholder"), _("Name of the stakeholder."), "#org+name"),
        Column("formal_name", capfirst(_("formal name")), _("Formal name, where one is known."), "#org+name+formal"),
        Column("kind", _("Kind"), _("Kind of stakeholder."), "#org+type"),
        Column("iso3", "ISO 3166", _("Three-letter code of the country."), "#country+code+iso3"),
        Column("m49", "M49", _("Code of the country in the United Nations' M49 standard."), "#country+code+m49"),
        Column("group", _("Regional group"), _("Regional group in the General Assembly."), "#region"),
        Column("address", _("Address"), _("Public page of the stakeholder."), "#meta+url", "address"),
    ]
    rows: list[list[Value]] = []
    for _label, members in queries.register(current_language().code, reading.on, filters):
        for one in members:
            group = one.get_regional_group_display() if one.regional_group != "none" else None
            codes = [one.get_kind_display(), one.iso_alpha3 or None, one.m49 or None, group]
            rows.append([one.code, one.name, one.formal_name or None, *codes, absolute("stakeholder", one.code)])
    return Sheet("stakeholders", str(DATASETS["stakeholders"].title), columns, rows, ("stakeholder_id",))


def assignments(reading: Reading, filters: Filters) -> Sheet:
    """One row an assignment of the cycle, with what is public on it but without its words."""
    columns = [column for column in answer_columns() if column.key in ASSIGNMENT_COLUMNS]
    rows: list[list[Value]] = []
    if reading.cycle:
        asked = Assignment.objects.filter(cycle=reading.cycle).select_related("commitment__area")
        for one in behind_figure(asked, filters, language=current_language(), as_of=reading.as_of):
            told = [one.told or SILENT, words.status_label(one.told or SILENT)]  # type: ignore[attr-defined] # annotated
            rows.append([*_head(one), *told])
    return Sheet("assignments", str(DATASETS["assignments"].title), columns, rows, ("commitment_id", "stakeholder_id"))


ASSIGNMENT_COLUMNS = {"area", "commitment", "commitment_id", "title", "stakeholder_id", "stakeholder", "kind"}
ASSIGNMENT_COLUMNS |= {"asked_on", "status_key", "status"}


def updates(reading: Reading, filters: Filters) -> Sheet:
    """One row a published update with its words, in the language of the page where they have been translated."""
    columns = [*cycle_columns()[:1], *answer_columns()]
    language = current_language().code
    rows: list[list[Value]] = []
    for one in queries.shown(_updates(reading, filters), language):
        version, text = one.version, one.text
        rows.append(
            [
                one.cycle.key,
                *_head(version.update.assignment),
                version.status,
                version.get_status_display(),
                *(getattr(text, name) or None for name in words.TEXTS),
                text.language.code,
                text.kind if text.kind != "same" else None,
                version.published_at.date() if version.published_at else None,
                version.number,
                absolute("version", version.pk),
            ]
        )
    return Sheet("updates", str(DATASETS["updates"].title), columns, rows, ("cycle", "commitment_id", "stakeholder_id"))


def _updates(reading: Reading, filters: Filters) -> QuerySet[UpdateVersion]:
    paths = {"commitment": "commitment__uid", "area": "commitment__area__uid", "stakeholder": "stakeholder__code"}
    within: dict[str, Any] = {f"update__assignment__{paths[name]}": value for name, value in filters.items()}
    if reading.chosen:
        within["update__assignment__cycle"] = reading.chosen
    versions = UpdateVersion.objects.readable_at(reading.as_of).filter(**within)
    order = ("cycle__year", "cycle__quarter", "commitment__position", "stakeholder__code")
    ordered = versions.order_by(*(f"update__assignment__{name}" for name in order))
    return ordered.with_everything().prefetch_related("translations")


def measurements(reading: Reading, filters: Filters) -> Sheet:
    """One row a year of each indicator of a commitment."""
    columns = [
        Column("indicator_id", _("Stable id"), _("Id of the indicator that never changes."), "#indicator+code"),
        Column("indicator", capfirst(_("indicator")), _("Title of the indicator."), "#indicator+name"),
        Column("year", pgettext("calendar", "Year"), _("Calendar year."), "#date+year", "number"),
        Column("value", capfirst(_("value")), _("What was counted."), "#indicator+value", "number"),
        Column("unit", capfirst(_("unit")), _("Unit of the value."), "#indicator+unit"),
        Column("file", capfirst(_("file")), _("File it was counted from."), "#meta+source"),
    ]
    standing = Measurement.objects.standing(reading.as_of).select_related("indicator")
    found = standing.filter(indicator__commitments__uid=filters.get("commitment")).order_by("indicator__uid", "year")
    rows: list[list[Value]] = [
        [m.indicator.uid, m.indicator.title, m.year, float(m.value), m.indicator.unit, m.file_name] for m in found
    ]
    return Sheet("measurements", str(DATASETS["measurements"].title), columns, rows, ("indicator_id", "year"))


def _head(one: Assignment) -> list[Value]:
    commitment, who = one.commitment, one.stakeholder
    promised: list[Value] = [commitment.area.number, commitment.code, commitment.uid, commitment.title]
    return [*promised, who.code, who.name, one.get_kind_display(), one.asked_on]


FIGURE = frozenset({"area", "commitment", "stakeholder", "owner", "kind", "status"})
DATASETS = {
    "commitments": Dataset(gettext_lazy("Commitments and their figures"), commitments, frozenset({"area"})),
    "cycles": Dataset(gettext_lazy("Figures cycle by cycle"), cycles, frozenset({"area", "commitment", "stakeholder"})),
    "stakeholders": Dataset(
        gettext_lazy("Stakeholders"), stakeholders, frozenset({"name", "kind", "group", "capacity"})
    ),
    "measurements": Dataset(
        gettext_lazy("Indicators"), measurements, frozenset({"commitment"}), needs=frozenset({"commitment"})
    ),
    "assignments": Dataset(gettext_lazy("Who was asked, and what was public"), assignments, FIGURE),
    "updates": Dataset(
        gettext_lazy("Published updates"),
        updates,
        frozenset({"area", "commitment", "stakeholder"}),
        needs=frozenset({"commitment", "stakeholder"}),  # of a whole cycle the review report has the file
    ),
}
