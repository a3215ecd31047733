import uuid
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.models import Area
from progress.models import Cycle, CycleState
from reports import policies
from reports.models import UNFINISHED, Document, DocumentFormat, DocumentState, Occasion, Report, Request, Scope
from reports.snapshot import assignments_of
from stakeholders import diary
from stakeholders.languages import CODES
from stakeholders.models import Stakeholder, User
from stakeholders.text import clean_body


def compile_report(
    *,
    cycle: Cycle,
    requester: User | None,
    request_key: UUID,
    scope: str = Scope.WHOLE,
    area: Area | None = None,
    stakeholder: Stakeholder | None = None,
    baseline: Cycle | None = None,
    at: datetime | None = None,
) -> Report:
    """Order the review of a cycle, or a part of it, as the public sees it now, in every language and format.

    Only rows are written here; workers make the files. The same `request_key` again, or an order for the same while
    the last one is still being made, gives the report that is there. Raises PermissionDenied, ValidationError.
    """
    _require_compiler(requester)
    at = at or timezone.now()
    report = Report(
        cycle=cycle,
        scope=scope,
        area=area if scope == Scope.AREA else None,
        stakeholder=stakeholder if scope == Scope.DOSSIER else None,
        baseline=baseline if scope == Scope.DIFFERENCE else None,
        as_of=at,
        requested_by=requester,
        request_key=request_key,
    )
    _require_sense(report)
    with transaction.atomic():
        _queue_up(cycle)
        if known := _known(request_key):
            return known
        if standing := _in_the_making(report):
            _note_request(standing, requester, at)
            return standing
        return _issue(report, at)


def compile_at_closing(*, at: datetime | None = None) -> list[Report]:
    """What the clock does: the review of each closed cycle that has none from its closing, whoever else asked."""
    at = at or timezone.now()
    compiled = Report.objects.filter(occasion=Occasion.CLOSING)
    issued = []
    for cycle in Cycle.objects.filter(state=CycleState.CLOSED).exclude(pk__in=compiled.values("cycle")):
        report = Report(cycle=cycle, occasion=Occasion.CLOSING, as_of=at, request_key=uuid.uuid4())
        with transaction.atomic():
            _queue_up(cycle)
            if not compiled.filter(cycle=cycle).exists():
                issued.append(_issue(report, at))
    return issued


def correct_report(
    *, report: Report, requester: User, reason: str, request_key: UUID, at: datetime | None = None
) -> Report:
    """Issue the same report anew in place of one that was wrong, saying why; both stay in the library.

    Raises PermissionDenied, ValidationError.
    """
    _require_compiler(requester)
    at, reason = at or timezone.now(), clean_body(reason)
    correction = Report(
        **report.extent,
        supersedes=report,
        reason=reason,
        as_of=at,
        requested_by=requester,
        request_key=request_key,
    )
    with transaction.atomic():
        _queue_up(report.cycle)
        if known := _known(request_key):
            return known
        if Report.objects.filter(supersedes=report).exists():
            raise ValidationError(_("This report has been superseded already. Correct the one that took its place."))
        if report.documents.unfinished().exists():
            raise ValidationError(_("The files of this report are still being made. Cancel them first."))
        if not reason:
            raise ValidationError({"reason": _("Say why the report is issued again.")})
        return _issue(correction, at)


def retry_document(*, document: Document, actor: User, at: datetime | None = None) -> None:
    """Put a failed or cancelled document back in the queue. Doing so twice does it once."""
    _require_compiler(actor)
    at = at or timezone.now()
    idle = [DocumentState.FAILED, DocumentState.CANCELLED]
    with transaction.atomic():
        queued = {"state": DocumentState.QUEUED, "attempts": 0, "queued_at": at, "finished_at": None}
        rows = Document.objects.filter(pk=document.pk, state__in=idle)
        if rows.update(**queued, failure="", failure_detail=""):
            _note_request(document.report, actor, at)
            about = {"language": document.language, "format": document.format}
            diary.record(actor=actor, verb="report.document_retried", subject=document.report, at=at, **about)


def cancel_report(*, report: Report, actor: User, at: datetime | None = None) -> int:
    """Stop making the files that are not ready. Returns how many; those that are ready stay."""
    _require_compiler(actor)
    at = at or timezone.now()
    with transaction.atomic():
        stopped = report.documents.unfinished().update(
            state=DocumentState.CANCELLED, lease_token=None, lease_until=None, finished_at=at
        )
        if stopped:
            diary.record(actor=actor, verb="report.cancelled", subject=report, at=at, files=stopped)
    return stopped


def _require_compiler(person: User | None) -> None:
    # No person: a command of the administrator.
    if person is not None and not policies.may_compile(person):
        raise PermissionDenied


def _require_sense(report: Report) -> None:
    """The report's parts belong together and something was asked. Raises ValidationError keyed by field."""
    if report.cycle.state == CycleState.PLANNED:
        raise ValidationError(
            {"cycle": _("%(cycle)s has not begun, so there is nothing to report.") % {"cycle": report.cycle}}
        )
    needed = {Scope.AREA: "area", Scope.DOSSIER: "stakeholder", Scope.DIFFERENCE: "baseline"}.get(Scope(report.scope))
    if needed and getattr(report, needed) is None:
        messages = {
            "area": _("Choose the area."),
            "stakeholder": _("Choose the stakeholder."),
            "baseline": _("Choose the earlier cycle."),
        }
        raise ValidationError({needed: messages[needed]})
    if report.baseline and not report.baseline.order < report.cycle.order:
        raise ValidationError({"baseline": _("Choose a cycle that came before %(cycle)s.") % {"cycle": report.cycle}})
    if needed in ("area", "stakeholder") and not assignments_of(report, report.cycle).exists():
        raise ValidationError({needed: _("Nothing was asked of it in %(cycle)s.") % {"cycle": report.cycle}})


def _queue_up(cycle: Cycle) -> None:
    """The cycle's row is the queue of those who press at the same time."""
    Cycle.objects.select_for_update().get(pk=cycle.pk)


def _known(request_key: UUID) -> Report | None:
    return Report.objects.filter(request_key=request_key).first()


def _in_the_making(report: Report) -> Report | None:
    same = Report.objects.filter(**report.extent, occasion=Occasion.DEMAND, documents__state__in=UNFINISHED)
    return same.first()


def _issue(report: Report, at: datetime) -> Report:
    report.is_demonstration = settings.DEMONSTRATION
    report.full_clean()
    report.save(force_insert=True)
    Document.objects.bulk_create(
        Document(report=report, language=language, format=format, queued_at=at)
        for language in CODES
        for format in DocumentFormat.values
    )
    _note_request(report, report.requested_by, at)
    detail: dict[str, Any] = {"cycle": report.cycle.key, "scope": report.scope}
    if report.supersedes:
        detail |= {"supersedes": str(report.supersedes.pk), "reason": report.reason}
    diary.record(actor=report.requested_by, verb="report.ordered", subject=report, at=at, **detail)
    return report


def _note_request(report: Report, person: User | None, at: datetime) -> None:
    """Whoever asks is told when the files are made; asking again after that, they are told again."""
    if person is not None:
        news = {"asked_at": at, "announced_at": None}
        Request.objects.update_or_create(report=report, person=person, defaults=news)
