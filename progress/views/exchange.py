"""The officers' door to whole data sets: taken away as files, sent back, looked at, carried out on their word."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from progress import actions
from progress.bulk.writing import MEDIA_TYPES, TooLongForCell
from progress.forms import SendDataForm
from progress.models import BulkImport, ImportState
from progress.views.reviewing import for_officers
from stakeholders.actions import OtherRequest
from stakeholders.columns import DataSet
from stakeholders.guards import find_or_refuse, posted, signed_in, takes_files

MOST_LISTED = 20


@takes_files
@require_http_methods(["GET", "POST"])
@for_officers
def exchange_page(request: HttpRequest) -> HttpResponse:
    officer = signed_in(request)
    form = SendDataForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.send_file(actor=officer, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("file", error.messages)
        except OtherRequest:
            form.renew(_("This form was sent before with another file. Choose the file again and send it."))
        else:
            actions.work_now_if_small(sent)
            return redirect("bulk_import", import_id=sent.pk)
    context = {
        "form": form,
        "data_sets": [one.dataset for one in actions.DATA_SETS.values()],
        "formats": list(MEDIA_TYPES),
        "imports": BulkImport.objects.filter(actor=officer)[:MOST_LISTED],
    }
    return render(request, "progress/exchange.html", context, status=400 if form.errors else 200)


@require_GET
@for_officers
def columns_page(request: HttpRequest, data_set: str) -> HttpResponse:
    return render(request, "progress/columns.html", {"data_set": _data_set(data_set)})


@require_GET
@for_officers
def export(request: HttpRequest, data_set: str, form: str) -> HttpResponseBase:
    _data_set(data_set)
    if form not in MEDIA_TYPES:
        raise Http404
    with tempfile.NamedTemporaryFile(suffix=f".{form}") as file:  # the answer keeps it open, the folder forgets it
        try:
            actions.export_file(data_set=data_set, form=form, path=Path(file.name), actor=signed_in(request))
        except TooLongForCell:
            messages.error(request, _("A text is too long for a cell of a workbook. Choose CSV or JSON."))
            return redirect("exchange")
        written = Path(file.name).open("rb")  # noqa: SIM115 - the answer closes it
    return FileResponse(written, as_attachment=True, filename=f"{data_set}.{form}", content_type=MEDIA_TYPES[form])


@require_GET
@for_officers
def import_page(request: HttpRequest, import_id: int) -> HttpResponse:
    one = _own(request, import_id)
    context = {
        "import": one,
        "data_set": _data_set(one.data_set),
        "preview": one.preview,
        "waits_for_word": one.state == ImportState.CHECKED,
        "has_changes": bool(one.preview.get("created") or one.preview.get("changed")),
    }
    return render(request, "progress/import.html", context)


@require_http_methods(["POST"])
@for_officers
def confirm(request: HttpRequest, import_id: int) -> HttpResponse:
    one = _own(request, import_id)
    if actions.confirm_import(wanted=one, actor=signed_in(request)):
        actions.work_now_if_small(one)
    return redirect("bulk_import", import_id=one.pk)


@require_http_methods(["POST"])
@for_officers
def drop(request: HttpRequest, import_id: int) -> HttpResponse:
    one = _own(request, import_id)
    actions.drop_import(wanted=one, actor=signed_in(request))
    return redirect("bulk_import", import_id=one.pk)


def _own(request: HttpRequest, import_id: int) -> BulkImport:
    """What somebody else sends may hold texts that are not an officer's to read."""
    return find_or_refuse(BulkImport.objects.filter(actor=signed_in(request)), pk=import_id)


def _data_set(name: str) -> DataSet:
    if name not in actions.DATA_SETS:
        raise Http404
    return actions.DATA_SETS[name].dataset
