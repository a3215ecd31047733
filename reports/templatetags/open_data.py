"""Links to the data behind what a page shows."""

from typing import Any

from django import template
from django.template import Context

from reports.datasets import DATASETS, address_of
from stakeholders.context import current_language

register = template.Library()


@register.inclusion_tag("reports/parts/data_links.html", takes_context=True)
def data_links(context: Context, table: str, **filters: Any) -> dict[str, Any]:
    """The table of this name as files, of the page's own cycle and day; `filters` narrow it."""
    reading = context.get("reading")
    cycle = filters.pop("cycle", None)
    query = {key: str(value) for key, value in filters.items() if value}
    query |= {"cycle": cycle.key} if cycle else {}
    query |= reading.moment if reading else {}
    return {
        "csv": address_of(table, "csv", query),
        "json": address_of(table, "json", query),
        "what": DATASETS[table].title,
        "html_lang": current_language().html_lang,
    }
