"""What is answered where no view does: a page to readers, problem details to programs."""

import sys

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from stakeholders.api import problems
from stakeholders.outage import is_outage
from stakeholders.views import errors

API = "/api/"


def server_error(request: HttpRequest) -> HttpResponse:
    if not request.path_info.startswith(API):
        return errors.server_error(request)
    if is_outage(sys.exc_info()[1]):
        return problems.plain(request, "unavailable", {"Retry-After": str(errors.RETRY_AFTER_SECONDS)})
    return problems.plain(request, "server_error")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path_info.startswith(API):
        return problems.plain(request, "not_found")
    return defaults.page_not_found(request, exception)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something no honest program sends, such as a name of a host that is not ours."""
    if request.path_info.startswith(API):
        return problems.plain(request, "unreadable")
    return defaults.bad_request(request, exception)
