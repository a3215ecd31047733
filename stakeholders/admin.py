"""The administrators' door to people and stakeholders. Rows are read here; writing goes through the actions."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from modeltranslation.admin import TranslationAdmin

from stakeholders import actions, policies
from stakeholders.models import Appointment, Capacity, DiaryEntry, Stakeholder, User
from stakeholders.read_only import ReadOnly


@admin.register(User)
class UserAdmin(ReadOnly):
    list_display = ["email", "name", "duty", "language", "is_active", "is_staff"]
    list_filter = ["duty", "is_active", "is_staff"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "duty", "language", "is_active", "is_staff", "is_demonstration", "joined_at"]


@admin.register(Stakeholder)
class StakeholderAdmin(TranslationAdmin[Model], ReadOnly):
    list_display = ["code", "name", "kind", "regional_group", "is_active", "is_demonstration"]
    list_filter = ["kind", "regional_group", "is_demonstration"]
    search_fields = ["code", "name_en", "name_ar", "name_zh_hans", "name_fr", "name_ru", "name_es"]


@admin.register(Capacity)
class CapacityAdmin(ReadOnly):
    list_display = ["stakeholder", "kind", "standing", "starts_on", "ends_on", "is_confirmed"]
    list_filter = ["kind", "standing", "is_confirmed"]
    list_select_related = ["stakeholder"]


@admin.register(Appointment)
class AppointmentAdmin(ReadOnly):
    """Officers make appointments here, through the action, which names them; they are never changed."""

    list_display = ["person", "stakeholder", "role", "starts_on", "ends_on"]
    list_select_related = ["person", "stakeholder"]
    fields = ["person", "stakeholder", "role", "starts_on", "ends_on"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return policies.is_officer(request.user)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        assert isinstance(request.user, User)
        made = actions.appoint(actor=request.user, **form.cleaned_data)
        obj.pk = made.pk


@admin.register(DiaryEntry)
class DiaryAdmin(ReadOnly):
    list_display = ["number", "at", "actor", "verb", "subject_type", "subject_id", "door"]
    list_filter = ["verb", "door"]
    list_select_related = ["actor"]
