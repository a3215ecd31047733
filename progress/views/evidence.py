"""The door to files of evidence. To whom it is not open, the file does not exist."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from progress import storage
from progress.queries import evidence_readable_by, is_for_everyone
from stakeholders.attachments import attachment
from stakeholders.guards import find_or_refuse


@require_GET
@login_not_required
def evidence_file(request: HttpRequest, evidence_id: int) -> HttpResponseBase:
    """A file, as an attachment that runs nowhere. Links and symbols are only shown: nobody is sent elsewhere."""
    now = timezone.now()
    evidence = find_or_refuse(evidence_readable_by(request.user, at=now), pk=evidence_id)
    if not evidence.stored_as:
        raise Http404
    lies = storage.place(), evidence.stored_as
    response = attachment(*lies, name=evidence.file_name, content_type=evidence.content_type)
    # Withdrawing must work at once, so that even what everyone may read is asked for anew each time.
    is_open = evidence.is_public and is_for_everyone(evidence, at=now)
    response["Cache-Control"] = "public, no-cache" if is_open else "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response
