"""Data sets that come and go as files, and what an import would do."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from progress.bulk.writing import MEDIA_TYPES
from progress.models import ImportState
from stakeholders.columns import DataSet
from stakeholders.context import absolute
from stakeholders.serializers.shape import Address, Shape


class ColumnShape(Shape):
    name = serializers.CharField()
    meaning = serializers.CharField(help_text=_("In the language of the answer."))
    kind = serializers.CharField()
    required = serializers.BooleanField()  # type: ignore[assignment] # a field of this name, not the option
    choices = serializers.ListField(child=serializers.CharField(), help_text=_("The values allowed; empty for any."))


class FileShape(Shape):
    form = serializers.ChoiceField(list(MEDIA_TYPES))
    url = serializers.URLField()


class DataSetShape(Shape):
    name = serializers.CharField()
    title = serializers.CharField()
    about = serializers.CharField()
    key = serializers.ListField(
        child=serializers.CharField(), help_text=_("The columns by which a row finds its record.")
    )
    columns = ColumnShape(many=True)
    files = serializers.SerializerMethodField(help_text=_("Where the whole data set is to be had."))

    @extend_schema_field(FileShape(many=True))
    def get_files(self, data_set: DataSet) -> list[dict[str, str]]:
        return [{"form": form, "url": absolute("api_data_file", data_set.name, form)} for form in MEDIA_TYPES]


class ImportShape(Shape):
    id = serializers.IntegerField(source="pk")
    url = Address("api_import", "pk")
    data_set = serializers.CharField()
    file_name = serializers.CharField()
    sha256 = serializers.CharField(source="file_hash")
    size = serializers.IntegerField(help_text=_("Size in bytes."))
    state = serializers.ChoiceField(ImportState.choices)
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    is_previewed_again = serializers.BooleanField(
        help_text=_("Whether the records have changed since the file was checked first, so that nothing was done.")
    )
    preview = serializers.SerializerMethodField(
        help_text=_(
            "What would change or was changed: how many rows are created, changed, unchanged and refused, the "
            "changes, and the faults by row and column. Empty until the file has been checked."
        )
    )

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_preview(self, one: object) -> object:
        return getattr(one, "preview", {})
