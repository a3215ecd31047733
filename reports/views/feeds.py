"""What is new, for feed readers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from commitments.models import Area, Commitment
from reports.feeds import feed_of, newest
from reports.views.reading import for_everyone
from stakeholders.context import absolute, current_language
from stakeholders.models import Stakeholder


@for_everyone()
def site_feed(request: HttpRequest) -> HttpResponse:
    return _answer(_("A4P: published updates"), "home", [])


@for_everyone()
def area_feed(request: HttpRequest, uid: str) -> HttpResponse:
    area: Area = get_object_or_404(Area, uid=uid)
    return _answer(area.short_title, "area", [uid], commitment__area=area)


@for_everyone()
def commitment_feed(request: HttpRequest, uid: str) -> HttpResponse:
    commitment: Commitment = get_object_or_404(Commitment, uid=uid)
    return _answer(str(commitment), "commitment", [uid], commitment=commitment)


@for_everyone()
def stakeholder_feed(request: HttpRequest, code: str) -> HttpResponse:
    stakeholder: Stakeholder = get_object_or_404(Stakeholder, code=code)
    return _answer(stakeholder.name, "stakeholder", [code], stakeholder=stakeholder)


def _answer(title: str, page: str, arguments: list[str], **within: Any) -> HttpResponse:
    feed = feed_of(
        newest(**within),
        title=title,
        page=absolute(page, *arguments),
        address=absolute(f"{page}_feed", *arguments),
        language=current_language(),
    )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
