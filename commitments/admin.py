from django.contrib import admin
from django.db.models import Model
from modeltranslation.admin import TranslationAdmin

from commitments.models import Area, Commitment, Declaration, FrameItem, Indicator, Measurement
from stakeholders.read_only import ReadOnly


@admin.register(Declaration)
class DeclarationAdmin(TranslationAdmin[Model], ReadOnly):
    list_display = ["code", "edition", "is_current"]


@admin.register(Area)
class AreaAdmin(TranslationAdmin[Model], ReadOnly):
    list_display = ["number", "short_title", "declaration"]


@admin.register(Commitment)
class CommitmentAdmin(TranslationAdmin[Model], ReadOnly):
    list_display = ["code", "title", "area", "provenance"]
    list_filter = ["area", "provenance"]
    list_select_related = ["area"]


@admin.register(FrameItem)
class FrameItemAdmin(TranslationAdmin[Model], ReadOnly):
    list_display = ["code", "title", "frame", "provenance"]
    list_select_related = ["frame"]


@admin.register(Indicator)
class IndicatorAdmin(TranslationAdmin[Model], ReadOnly):
    list_display = ["uid", "title", "dataset"]


@admin.register(Measurement)
class MeasurementAdmin(ReadOnly):
    list_display = ["indicator", "year", "value", "file_name", "imported_at", "superseded_at"]
    list_filter = ["indicator"]
    list_select_related = ["indicator"]
