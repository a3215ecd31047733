"""The street map of the API: version 1, all rooms under one prefix."""

from django.urls import URLPattern

from commitments.urls import api_urlpatterns as of_commitments

urlpatterns: list[URLPattern] = [*of_commitments]
