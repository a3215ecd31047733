"""Parameters that several addresses of this room have."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stakeholders.api import parameters
from stakeholders.api.parameters import Parameter

PATTERN = r"^\d{4}-q[1-4]$"


def cycle_of(key: str) -> tuple[int, int] | None:
    """(year, quarter) of a cycle's name; None for what is no such name."""
    return (int(key[:4]), int(key[6])) if re.fullmatch(PATTERN, key, re.ASCII) else None


def read_cycle(key: str) -> tuple[int, int]:
    named = cycle_of(key)
    if named is None:
        raise ValidationError(_("Write the cycle as in 2026-q4."), code="cycle")
    return named


CYCLE = Parameter(gettext_lazy("A cycle, as 2026-q4."), read_cycle, {"type": "string", "pattern": PATTERN})
OF_ASSIGNMENT = {
    "cycle": CYCLE,
    "area": parameters.text(gettext_lazy("Id of an area.")),
    "commitment": parameters.text(gettext_lazy("Id of a commitment.")),
    "stakeholder": parameters.text(gettext_lazy("Code of a stakeholder.")),
}
COLUMNS = {"area": "commitment__area__uid", "commitment": "commitment__uid", "stakeholder": "stakeholder__code"}


def narrowed(rows: QuerySet[Any], asked: dict[str, Any], prefix: str = "") -> QuerySet[Any]:
    """Only the rows whose assignment, reached by `prefix`, is of what was asked for."""
    within: dict[str, Any] = {f"{prefix}{COLUMNS[name]}": asked[name] for name in COLUMNS if name in asked}
    if cycle := asked.get("cycle"):
        within |= {f"{prefix}cycle__year": cycle[0], f"{prefix}cycle__quarter": cycle[1]}
    return rows.filter(**within)
