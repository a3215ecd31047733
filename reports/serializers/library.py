"""Reports and their files, as the API tells them."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from reports.models import Document, DocumentFormat, DocumentState, Occasion, Report, Scope
from stakeholders.context import absolute
from stakeholders.serializers.shape import ADDRESS_OR_NOTHING, Address, Shape
from stakeholders.serializers.words import Unsaid


class DocumentShape(Shape):
    language = serializers.CharField()
    format = serializers.ChoiceField(DocumentFormat.choices)
    state = serializers.ChoiceField(DocumentState.choices)
    size = serializers.IntegerField(allow_null=True)
    pages = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField()
    download = serializers.SerializerMethodField()

    @extend_schema_field(ADDRESS_OR_NOTHING)
    def get_download(self, document: Document) -> str | None:
        if document.state != DocumentState.READY:
            return None
        return absolute("download", document.report_id, document.language, document.format)


class ReportShape(Shape):
    id = serializers.UUIDField(source="pk")
    url = Address("api_report", "pk")
    page = Address("report", "pk")
    manifest = Address("manifest", "pk")
    cycle = serializers.CharField(source="cycle.key")
    scope = serializers.ChoiceField(Scope.choices)
    area = serializers.CharField(source="area.uid", default=None, allow_null=True)
    stakeholder = serializers.CharField(source="stakeholder.code", default=None, allow_null=True)
    baseline = serializers.CharField(source="baseline.key", default=None, allow_null=True)
    occasion = serializers.ChoiceField(Occasion.choices)
    as_of = serializers.DateTimeField()
    supersedes = serializers.UUIDField(source="supersedes_id", allow_null=True)
    superseded_by = serializers.SerializerMethodField()
    reason = Unsaid()
    software_version = serializers.CharField()
    fingerprint = serializers.CharField()
    is_demonstration = serializers.BooleanField()
    documents = DocumentShape(many=True)

    @extend_schema_field({"type": ["string", "null"], "format": "uuid"})
    def get_superseded_by(self, report: Report) -> str | None:
        later: Report | None = getattr(report, "superseded_by", None)
        return str(later.pk) if later else None
