"""How a file of evidence is handed out, at every door: to be saved, and to act nowhere."""

from datetime import datetime

from django.http import Http404, HttpResponseBase

from progress import storage
from progress.models import Evidence
from progress.queries import is_for_everyone
from stakeholders.attachments import attachment


def handed_out(evidence: Evidence, *, at: datetime) -> HttpResponseBase:
    """The file as an attachment. Raises Http404 for links and symbols: nobody is sent elsewhere."""
    if not evidence.stored_as:
        raise Http404
    lies = storage.place(), evidence.stored_as
    response = attachment(*lies, name=evidence.file_name, content_type=evidence.content_type)
    # Withdrawing must work at once, so that even what everyone may read is asked for anew each time.
    is_open = evidence.is_public and is_for_everyone(evidence, at=at)
    response["Cache-Control"] = "public, no-cache" if is_open else "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response
