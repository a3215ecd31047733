"""Files handed out for saving: by this process, or by the proxy in front, which reads them from the same folder.

The view has decided who may read before it comes here. A proxy that hands files out never asks that itself: it serves
them on this answer alone (X-Accel-Redirect) and to no address a reader could type.
"""

from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

PROTECTED = "/protected/"


def attachment(path: Path, *, name: str, content_type: str) -> HttpResponseBase:
    """The file at this path under DATA_DIR, to be saved under the name. Raises Http404 when there is none."""
    if not path.is_file():
        raise Http404
    if not settings.PROXY_SENDS_FILES:
        return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=content_type)
    response = HttpResponse(content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Accel-Redirect"] = PROTECTED + quote(path.relative_to(settings.DATA_DIR).as_posix())
    return response
