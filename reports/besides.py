"""What stands beside a promise: items of other frames that it touches, and numbers that tell of it."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import F, FilteredRelation, Q

from commitments.models import Area, Commitment, Indicator, Reference


def references_of(area: Area, commitment: Commitment | None = None) -> list[Reference]:
    """Of the area, and of the commitment in it; one query."""
    wanted = Q(area=area) | Q(commitment=commitment) if commitment else Q(area=area)
    found = Reference.objects.filter(wanted).select_related("item__frame")
    return list(found.order_by("item__frame__code", "item__position"))


@dataclass(frozen=True)
class Bar:
    """One year's value, its share of the longest bar in whole per cent, and where it comes from."""

    year: int
    value: Decimal
    share: int
    file_name: str
    imported_at: datetime


@dataclass(frozen=True)
class Told:
    """An indicator with its figures, the oldest first."""

    indicator: Indicator
    bars: list[Bar] = field(default_factory=list)

    @property
    def last(self) -> Bar:
        return self.bars[-1]


def indicators_of(commitment: Commitment, as_of: datetime | None) -> list[Told]:
    """One query: each indicator once for each of its figures, or once without any."""
    counts = Q(measurements__superseded_at__isnull=True)
    if as_of:
        counts = (counts | Q(measurements__superseded_at__gt=as_of)) & Q(measurements__imported_at__lte=as_of)
    found = Indicator.objects.filter(commitments=commitment).annotate(
        standing=FilteredRelation("measurements", condition=counts)
    )
    columns = {name: F(f"standing__{name}") for name in ("year", "value", "file_name", "imported_at")}
    rows = found.annotate(**columns).order_by("uid", "standing__year")
    return [_told(list(one)) for _uid, one in groupby(rows, key=lambda row: row.uid)]


def _told(rows: list[Any]) -> Told:
    counted = [row for row in rows if row.year is not None]
    most = max((row.value for row in counted), default=Decimal(0)) or Decimal(1)
    bars = [Bar(row.year, row.value, round(100 * row.value / most), row.file_name, row.imported_at) for row in counted]
    return Told(rows[0], bars)
