"""Files handed out for saving: by this process, or by the proxy in front, which reads them from the same folder.

The view has decided who may read before it comes here. A proxy that hands files out never asks that itself: it serves
them on this answer alone (X-Accel-Redirect) and to no address a reader could type. What lies in a bucket goes through
this process too: docs/decisions/008-buckets.md says why nobody is sent there.
"""

import logging
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from stakeholders.places import Place

logger = logging.getLogger(__name__)

PROTECTED = "/protected/"
RETRY_AFTER_SECONDS = 30


def attachment(place: Place, stored_as: str, *, name: str, content_type: str) -> HttpResponseBase:
    """The file that lies there, to be saved under the name; 503 while the place is away. Raises Http404 without one."""
    path = place.path_of(stored_as)
    if path and settings.PROXY_SENDS_FILES:
        return _by_the_proxy(path, name, content_type)
    try:
        stream, size = place.open(stored_as)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise Http404 from error
    except OSError:
        logger.exception("a file could not be read")
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
    response = FileResponse(stream, as_attachment=True, filename=name, content_type=content_type)
    response["Content-Length"] = str(size)
    return response


def _by_the_proxy(path: Path, name: str, content_type: str) -> HttpResponse:
    if not path.is_file():
        raise Http404
    response = HttpResponse(content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Accel-Redirect"] = PROTECTED + quote(path.relative_to(settings.DATA_DIR).as_posix())
    return response
