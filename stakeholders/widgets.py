from collections.abc import Iterator
from datetime import date
from html import escape
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from stakeholders.dates import month_name

YEARS_AHEAD = 10


class DayMonthYear(forms.SelectDateWidget):
    """A date in three fields: a browser's own date field follows the browser's language, not the page's."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, since: int | None = None) -> None:
        """Offers the years to come, or with `since` those that have been."""
        super().__init__(attrs, empty_label=("–", "–", "–"))
        self.since = since

    @staticmethod
    def _parse_date_fmt() -> Iterator[str]:
        """In the order of United Nations documents, whatever the language's own."""
        return iter(("day", "month", "year"))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        this_year = date.today().year  # noqa: DTZ011 - only offers years to choose from
        self.years = range(this_year, self.since - 1, -1) if self.since else range(this_year, this_year + YEARS_AHEAD)
        self.months = {number: month_name(number) for number in range(1, 13)}
        context = super().get_context(name, value, attrs)
        labels = {
            "day": pgettext("calendar", "Day"),
            "month": pgettext("calendar", "Month"),
            "year": pgettext("calendar", "Year"),
        }
        for subwidget in context["widget"]["subwidgets"]:
            part = subwidget["name"].rsplit("_", 1)[1]
            subwidget["attrs"]["aria-label"] = labels[part]
        return context


class LongSelect(forms.Select):
    """For a list that grows for ever: its options are written in one go, not by a template each.

    With few calls for each, too: a widget is drawn deep inside of templates, where calls are dear to Python 3.11.
    """

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        chosen = set(self.format_value(value))
        options = [
            f'<option value="{escape(key)}"{" selected" if key in chosen else ""}>{escape(label)}</option>'
            for key, label in ((str(key), str(label)) for key, label in self.choices)
        ]
        within = mark_safe("\n".join(options))  # noqa: S308 - every part was escaped above
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), within
        )
