"""Asking only for what has changed, and writing only on what one has seen."""

import hashlib
import re

from django.http import HttpRequest, HttpResponseBase
from django.http.response import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control

VERSION = re.compile(r'"v(\d{1,9})-[0-9a-f]{32}"')


def answered(request: HttpRequest, response: HttpResponseBase, version: int | None = None) -> HttpResponseBase:
    """The answer with a strong ETag, or 304 to whoever has it. The ETag of a record with versions begins with its own.

    Caches on the way ask again before each use, and keep no answer to somebody who said who they are.
    """
    if request.method not in ("GET", "HEAD") or response.status_code != 200 or not isinstance(response, HttpResponse):
        return response
    if "X-Accel-Redirect" in response:  # the proxy has the file, this answer has no content to go by
        return response
    etag = tag_of(response.content, version)
    response["ETag"] = etag
    is_somebody = "Authorization" in request.headers or request.user.is_authenticated
    patch_cache_control(response, no_cache=True, **({"private": True} if is_somebody else {"public": True}))
    conditional = get_conditional_response(request, etag=etag, response=response)
    assert isinstance(conditional, HttpResponse)
    return conditional


def tag_of(content: bytes, version: int | None) -> str:
    digest = hashlib.sha256(content).hexdigest()[:32]
    return f'"{digest}"' if version is None else f'"v{version}-{digest}"'


def version_wanted(request: HttpRequest) -> int | None:
    """The version that If-Match names; None without the header, 0 for an ETag that names none."""
    header = request.headers.get("If-Match")
    if header is None:
        return None
    found = VERSION.fullmatch(header.strip())
    return int(found.group(1)) if found else 0
