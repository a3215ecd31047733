"""What stands behind a figure: the assignments it counts, each with the version that was public at that instant."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from progress.models import Assignment, Cycle, Status, UpdateVersion
from reports.figures import FIRST, MOVED, NOT_AGAIN, PUBLISHED, SAME, SILENT, STATUSES
from stakeholders.languages import Language


def behind_figure(
    asked: QuerySet[Assignment],
    filters: Mapping[str, str],
    *,
    language: Language,
    as_of: datetime | None = None,
    other: Cycle | None = None,
) -> QuerySet[Assignment]:
    """The assignments among `asked` that a figure with these filters counts, with `version_id` and `told` (status).

    Stakeholders stand in the order of their names in this language, as the database sorts them.
    `other` is the cycle a `change` compares with: the earlier one, or for what was not said again the later one.
    """
    rows = asked.annotate(version_id=_public("pk", as_of), told=_public("status", as_of))
    columns = {
        "area": "commitment__area__uid",
        "commitment": "commitment__uid",
        "stakeholder": "stakeholder__code",
        "kind": "kind",
    }
    rows = rows.filter(**{column: filters[name] for name, column in columns.items() if filters.get(name)})
    if owner := filters.get("owner"):
        rows = rows.filter(commitment__owners__kind=owner, commitment__owners__is_lead=True)
    if status := filters.get("status"):
        rows = rows.filter(_with_status(status))
    if (change := filters.get("change")) and other:
        rows = rows.annotate(compared=_elsewhere(other, as_of)).filter(_with_change(change))
    return rows.select_related("commitment", "stakeholder").order_by(
        "commitment__area__number", "commitment__position", f"stakeholder__name_{language.column}", "pk"
    )


def _public(column: str, as_of: datetime | None) -> Subquery:
    versions = UpdateVersion.objects.published(as_of).filter(update__assignment=OuterRef("pk"))
    return Subquery(versions.values(column)[:1])


def _elsewhere(cycle: Cycle, as_of: datetime | None) -> Subquery:
    """The status the same stakeholder gave on the same commitment in another cycle."""
    versions = UpdateVersion.objects.published(as_of).filter(
        update__assignment__cycle=cycle,
        update__assignment__commitment=OuterRef("commitment"),
        update__assignment__stakeholder=OuterRef("stakeholder"),
    )
    return Subquery(versions.values("status")[:1])


def _with_status(status: str) -> Q:
    if status == PUBLISHED:
        return Q(told__isnull=False)
    if status == SILENT:
        return Q(told__isnull=True)
    assert status in STATUSES
    return Q(told=status)


def _with_change(change: str) -> Q:
    """The rule of figures.kind_of_change, in the database's words."""
    same = Q(told=F("compared")) | Q(told=Status.NOTHING_NEW)
    return {
        FIRST: Q(told__isnull=False, compared__isnull=True),
        MOVED: Q(told__isnull=False, compared__isnull=False) & ~same,
        SAME: Q(told__isnull=False, compared__isnull=False) & same,
        NOT_AGAIN: Q(told__isnull=False, compared__isnull=True),
    }[change]
