"""The door to files of evidence. To whom it is not open, the file does not exist."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from progress.handing_out import handed_out
from progress.queries import evidence_readable_by
from stakeholders.guards import find_or_refuse


@require_GET
@login_not_required
def evidence_file(request: HttpRequest, evidence_id: int) -> HttpResponseBase:
    """A file, as an attachment that runs nowhere."""
    now = timezone.now()
    return handed_out(find_or_refuse(evidence_readable_by(request.user, at=now), pk=evidence_id), at=now)
