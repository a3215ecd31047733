"""The site with one page more, which holds nothing but what every page holds."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from a4p import urls


@login_not_required
def empty_page(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


urlpatterns: list[Any] = [path("empty/", empty_page), *urls.urlpatterns]
