"""The tables behind the pages as files: CSV for spreadsheets, JSON for programs."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from reports.datasets import DATASETS, Dataset
from reports.forms import FigureFilter, RegisterFilter
from reports.reading import Reading
from reports.rendering.csv_file import csv_of
from reports.rendering.sheets import Sheet
from reports.views.reading import read_at_a_moment
from stakeholders.context import current_language

FORMATS = ("csv", "json")
NAMES = ("area", "commitment", "stakeholder", "owner", "kind", "status", "name", "group", "capacity")


@read_at_a_moment(*NAMES)
def data(request: HttpRequest, reading: Reading, name: str, format: str) -> HttpResponse:
    """Http404 for a table, a format or a filter there is not: an address that is wrong must not look like no data."""
    dataset = DATASETS.get(name)
    if dataset is None or format not in FORMATS:
        raise Http404
    sheet = dataset.make(reading, _filters(request, dataset))
    response = _csv(sheet) if format == "csv" else _json(sheet, reading)
    file_name = f"a4p-{name}-{current_language().code}.{format}"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _filters(request: HttpRequest, dataset: Dataset) -> dict[str, str]:
    given = {name: value for name, value in request.GET.items() if value}
    moment = {"cycle", "as_of"}
    if set(given) - dataset.filters - moment or (dataset.needs and not dataset.needs & set(given)):
        raise Http404
    form = RegisterFilter(given) if "capacity" in dataset.filters else FigureFilter(given)
    if not form.is_valid():
        raise Http404
    return {name: str(value) for name, value in given.items() if name not in moment}


def _csv(sheet: Sheet) -> HttpResponse:
    return HttpResponse(csv_of(sheet), content_type="text/csv; charset=utf-8")


def _json(sheet: Sheet, reading: Reading) -> HttpResponse:
    """{"title", "language", "as_of", "columns": {key: {label, meaning, hxl}}, "rows": [{key: value}]}."""
    keys = [column.key for column in sheet.columns]
    content: dict[str, Any] = {
        "title": sheet.title,
        "language": current_language().html_lang,
        "as_of": reading.on.isoformat(),
        "columns": {c.key: {"label": c.label, "meaning": c.meaning, "hxl": c.hxl} for c in sheet.columns},
        "rows": [dict(zip(keys, map(_plain, row), strict=True)) for row in sheet.rows],
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
