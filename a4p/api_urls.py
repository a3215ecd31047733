"""The street map of the API: version 1, all rooms under one prefix."""

from django.urls import URLPattern

from commitments.urls import api_urlpatterns as of_commitments
from progress.api.deed_urls import urlpatterns as deeds_of_progress
from reports.api.deed_urls import urlpatterns as deeds_of_reports
from stakeholders.api.deed_urls import urlpatterns as deeds_of_stakeholders

urlpatterns: list[URLPattern] = [
    *of_commitments,
    *deeds_of_stakeholders,
    *deeds_of_progress,
    *deeds_of_reports,
]
