from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from reports.models import UNFINISHED, DocumentState, Report, Request
from stakeholders.mail import queue_mail


def announce_finished_reports(*, at: datetime | None = None) -> int:
    """Queue a mail for everyone who asked for a report whose last file is made, failed or cancelled."""
    at = at or timezone.now()
    waiting = Request.objects.unannounced().exclude(report__documents__state__in=UNFINISHED)
    told = 0
    for request in waiting.select_related(
        "person", *(f"report__{name}" for name in ("cycle", "area", "stakeholder", "baseline"))
    ):
        with transaction.atomic():
            if Request.objects.unannounced().filter(pk=request.pk).update(announced_at=at):
                subject, body = _words(request)
                told += queue_mail(person=request.person, fact=request.fact, subject=subject, body=body, at=at)
    return told


def _words(request: Request) -> tuple[str, str]:
    """Subject and body in the language of the person who asked."""
    report: Report = request.report
    states = list(report.documents.values_list("state", flat=True))
    with translation.override(request.person.language):
        subject = _("Review report: %(cycle)s") % {"cycle": report.name}
        body = render_to_string(
            "reports/mail/finished.txt",
            {
                "person": request.person,
                "report": report,
                "ready": states.count(DocumentState.READY),
                "total": len(states),
                "failed": states.count(DocumentState.FAILED),
                "address": f"{settings.SITE_ADDRESS}{reverse('report', args=[report.pk])}",
            },
        )
    return subject, body
