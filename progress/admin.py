"""The administrators' door to cycles and updates: rows are read, decisions go through the same actions as anywhere."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from progress import actions
from progress.conflicts import Conflict
from progress.models import BulkImport, Cycle, Transition, Update
from stakeholders.models import User
from stakeholders.read_only import ReadOnly
from stakeholders.second_factor import require_confirmation


@admin.register(Cycle)
class CycleAdmin(ReadOnly):
    list_display = ["__str__", "state", "scope", "opens_on", "due_on", "closes_on"]


@admin.register(BulkImport)
class BulkImportAdmin(ReadOnly):
    list_display = ["created_at", "data_set", "file_name", "actor", "state"]
    list_select_related = ["actor"]
    exclude = ["preview"]


@admin.register(Update)
class UpdateAdmin(ReadOnly):
    list_display = ["assignment", "state", "version", "changed_at"]
    list_filter = ["state"]
    list_select_related = ["assignment__stakeholder", "assignment__commitment", "assignment__cycle"]
    actions = ["accept_chosen", "publish_chosen"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Update.objects.seen_by_secretariat()

    @admin.action(description=gettext_lazy("Accept the chosen updates"))
    def accept_chosen(self, request: HttpRequest, queryset: QuerySet[Update]) -> None:
        _each(request, queryset, actions.accept_update)

    @admin.action(description=gettext_lazy("Publish the chosen updates"))
    def publish_chosen(self, request: HttpRequest, queryset: QuerySet[Update]) -> None:
        require_confirmation(request)
        _each(request, queryset, actions.publish_update)


@admin.register(Transition)
class TransitionAdmin(ReadOnly):
    list_display = ["at", "update", "verb", "version_number", "actor"]
    list_select_related = ["actor", "update__assignment__stakeholder", "update__assignment__commitment"]


def _each(request: HttpRequest, updates: QuerySet[Update], act: Callable[..., None]) -> None:
    """Decide one by one; a refusal is told and stops none of the others."""
    assert isinstance(request.user, User)
    for update in updates:
        try:
            act(update=update, officer=request.user, based_on=update.version)
        except PermissionDenied:
            refusal = _("%(update)s: this is not yours to decide.")
            messages.error(request, refusal % {"update": update})
        except (Conflict, ValidationError) as error:
            messages.error(request, f"{update}: {error}")
        else:
            messages.success(request, str(update))
