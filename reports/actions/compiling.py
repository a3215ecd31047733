from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from progress.models import Cycle, CycleState
from reports import policies
from reports.models import Document, DocumentFormat, DocumentState, Report
from stakeholders import diary
from stakeholders.languages import CODES
from stakeholders.models import User


def compile_report(*, cycle: Cycle, requester: User | None, request_key: UUID, at: datetime | None = None) -> Report:
    """Order the review of a cycle as the public sees it at this instant, in every language and format.

    Only rows are written here; workers make the files. The same `request_key` again, or an order while the
    last one is still being made, gives the report that is there. Raises PermissionDenied, ValidationError.
    """
    if requester is not None and not policies.may_compile(requester):
        raise PermissionDenied
    if cycle.state == CycleState.PLANNED:
        raise ValidationError(_("%(cycle)s has not begun, so there is nothing to report."), params={"cycle": cycle})
    at = at or timezone.now()
    with transaction.atomic():
        # The cycle's row is the queue of those who press at the same time.
        Cycle.objects.select_for_update().get(pk=cycle.pk)
        if standing := _standing_order(cycle, request_key):
            return standing
        report = Report.objects.create(
            cycle=cycle,
            as_of=at,
            requested_by=requester,
            request_key=request_key,
            is_demonstration=settings.DEMONSTRATION,
        )
        Document.objects.bulk_create(
            Document(report=report, language=language, format=format, queued_at=at)
            for language in CODES
            for format in DocumentFormat.values
        )
        diary.record(actor=requester, verb="report.ordered", subject=report, at=at, cycle=cycle.key)
    return report


def retry_document(*, document: Document, actor: User, at: datetime | None = None) -> None:
    """Put a failed document back in the queue. Doing so twice does it once."""
    if not policies.may_compile(actor):
        raise PermissionDenied
    at = at or timezone.now()
    with transaction.atomic():
        failed = Document.objects.filter(pk=document.pk, state=DocumentState.FAILED)
        if failed.update(state=DocumentState.QUEUED, attempts=0, failure="", queued_at=at, finished_at=None):
            diary.record(
                actor=actor,
                verb="report.document_retried",
                subject=document.report,
                at=at,
                language=document.language,
                format=document.format,
            )


def _standing_order(cycle: Cycle, request_key: UUID) -> Report | None:
    same = Report.objects.filter(request_key=request_key).first()
    if same:
        return same
    unfinished = [DocumentState.QUEUED, DocumentState.RUNNING]
    return Report.objects.filter(cycle=cycle, documents__state__in=unfinished).first()
