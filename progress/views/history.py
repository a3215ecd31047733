"""Every text of an update that its reader may see, each with what it changed."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from progress import desk
from progress.models import Update
from stakeholders.guards import Refused, signed_in

VERSIONS_A_PAGE = 10


@require_GET
def history_page(request: HttpRequest, update_id: int) -> HttpResponse:
    person = signed_in(request)
    updates = Update.objects.select_related("assignment__cycle", "assignment__stakeholder", "assignment__commitment")
    update = get_object_or_404(updates, pk=update_id)
    readable = desk.versions_readable_by(update, person, at=timezone.now())
    steps = desk.steps_of(readable)
    if not steps:
        raise Refused(update)
    page = Paginator(steps, VERSIONS_A_PAGE).get_page(request.GET.get("page"))
    context = {"update": update, "assignment": update.assignment, "page": page}
    return render(request, "progress/versions.html", context)
