"""Template words of the house: dates and figures in the reader's language, breadcrumbs."""

from datetime import date, datetime

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from stakeholders import dates

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """1 July 2026."""
    return dates.long_date(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """1 July 2026, 14:05 UTC."""
    return dates.long_moment(value) if value else ""


@register.filter
def figure(value: int | None) -> str:
    """A whole number, grouped as the language groups it."""
    return dates.number(value) if value is not None else ""


@register.simple_tag
def crumbs(*steps: object) -> SafeString:
    """Breadcrumbs from labels and addresses in turn; the last label is this page."""
    labels = [str(step) for step in steps]
    items = [{"label": label, "url": url} for label, url in zip(labels[::2], labels[1::2], strict=False)]
    items.append({"label": labels[-1]})
    return render_to_string("components/breadcrumbs.html", {"items": items})
