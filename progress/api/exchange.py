"""The officers' door to whole data sets for programs: take away, send, look at, carry out or drop."""

import tempfile
import uuid
from pathlib import Path

from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from progress import actions
from progress.api import shapes
from progress.bulk.writing import MEDIA_TYPES, TooLongForCell
from progress.models import BulkImport
from progress.serializers.exchange import DataSetShape, ImportShape
from stakeholders.actions import OtherRequest
from stakeholders.api.access import OfficersOnly
from stakeholders.api.base import ApiView, FileView, ListView, RecordView
from stakeholders.api.deeds import Deed, key_of, takes_key
from stakeholders.api.problems import Problem
from stakeholders.api.scopes import HoldsScope
from stakeholders.api.shapes import Nothing
from stakeholders.columns import DataSet
from stakeholders.guards import find_or_refuse, signed_in


class OneDataSet(ApiView):
    shape = DataSetShape
    permission_classes = [OfficersOnly, HoldsScope]
    operation = "data_sets_read"
    summary = gettext_lazy("What a data set is made of, and where its files are")

    def get(self, request: Request, data_set: str) -> Response:
        return self.shown(_data_set(data_set))


class DataFile(FileView):
    permission_classes = [OfficersOnly, HoldsScope]
    operation = "data_sets_file"
    summary = gettext_lazy("A whole data set as a file, with the columns by which it comes in again")
    media_types = tuple(kind.partition(";")[0] for kind in MEDIA_TYPES.values())

    def get(self, request: Request, data_set: str, form: str) -> HttpResponseBase:
        _data_set(data_set)
        if form not in MEDIA_TYPES:
            raise Http404
        with tempfile.NamedTemporaryFile(suffix=f".{form}") as file:  # the answer keeps it open
            try:
                actions.export_file(data_set=data_set, form=form, path=Path(file.name), actor=signed_in(request))
            except TooLongForCell as error:
                words = _("A text is too long for a cell of a workbook. Choose CSV or JSON.")
                raise Problem("conflict", words) from error
            written = Path(file.name).open("rb")  # noqa: SIM115 - the answer closes it
        name = f"{data_set}.{form}"
        return FileResponse(written, as_attachment=True, filename=name, content_type=MEDIA_TYPES[form])


class Imports(Deed, ListView):
    shape = ImportShape
    permission_classes = [OfficersOnly, HoldsScope]
    operation = "imports"
    summary = gettext_lazy("Files that were sent to be brought in")
    takes = shapes.NewImport
    parser_classes = [MultiPartParser]
    order = ("-pk",)

    def rows(self) -> QuerySet[BulkImport]:
        return BulkImport.objects.filter(actor=self.person)

    @takes_key
    def post(self, request: Request) -> Response:
        """Send a file to be checked. Nothing is changed: `preview` says what would be, and waits for your word.

        A small file is checked at once; a large one is in the state `checking` until a worker has checked it. The same
        `key` or Idempotency-Key sent again with the same file is the same import; with another file it is refused.
        """
        fields = self.read()
        try:
            sent = actions.send_file(actor=self.person, **{"key": self._key(), **fields})
        except OtherRequest as error:
            raise Problem("key_used") from error
        actions.work_now_if_small(sent)
        sent.refresh_from_db()
        return self.shown(sent, status=201)

    def _key(self) -> uuid.UUID:
        given = key_of(self.request)
        return uuid.uuid5(uuid.NAMESPACE_OID, f"{self.person.pk}:{given}") if given else uuid.uuid4()


class OneImport(RecordView):
    shape = ImportShape
    permission_classes = [OfficersOnly, HoldsScope]
    operation = "import_status"
    summary = gettext_lazy("One import, with what it would change or has changed")

    def record(self) -> BulkImport:
        return _own(self.request, self.kwargs["import_id"])


class ImportDeed(Deed):
    shape = ImportShape
    permission_classes = [OfficersOnly, HoldsScope]
    takes = Nothing

    def settled(self, one: BulkImport, *, is_done: bool) -> Response:
        one.refresh_from_db()
        if not is_done:
            words = _("This import does not wait for your word any more. It is: %(state)s.")
            raise Problem("conflict", words % {"state": one.get_state_display()})
        return self.shown(one)


class CarryOut(ImportDeed):
    operation = "import_carry_out"
    summary = gettext_lazy("Carry out an import as it was previewed")

    def post(self, request: Request, import_id: int) -> Response:
        """Do what the preview says, all of it or nothing. If the records have changed since, there is a new preview."""
        one = _own(request, import_id)
        self.read()
        is_done = actions.confirm_import(wanted=one, actor=self.person)
        if is_done:
            actions.work_now_if_small(one)
        return self.settled(one, is_done=is_done)


class Drop(ImportDeed):
    operation = "import_drop"
    summary = gettext_lazy("Drop an import and leave everything as it is")

    def post(self, request: Request, import_id: int) -> Response:
        """Leave everything as it is, and delete the file."""
        one = _own(request, import_id)
        self.read()
        return self.settled(one, is_done=actions.drop_import(wanted=one, actor=self.person))


def _own(request: Request, import_id: int) -> BulkImport:
    """What somebody else sends may hold texts that are not an officer's to read."""
    return find_or_refuse(BulkImport.objects.filter(actor=signed_in(request)), pk=import_id)


def _data_set(name: str) -> DataSet:
    if name not in actions.DATA_SETS:
        raise Http404
    return actions.DATA_SETS[name].dataset
