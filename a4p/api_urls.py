"""The street map of the API: version 1, all rooms under one prefix.

What is done stands before what is read: `cycles/plan/` is no name of a cycle.
"""

from django.urls import URLPattern

from commitments.urls import api_urlpatterns as of_commitments
from progress.api.deed_urls import urlpatterns as deeds_of_progress
from progress.urls import api_urlpatterns as of_progress
from reports.api.deed_urls import urlpatterns as deeds_of_reports
from reports.urls import api_urlpatterns as of_reports
from stakeholders.api.deed_urls import urlpatterns as deeds_of_stakeholders
from stakeholders.urls import api_urlpatterns as of_stakeholders

urlpatterns: list[URLPattern] = [
    *deeds_of_stakeholders,
    *deeds_of_progress,
    *deeds_of_reports,
    *of_reports,
    *of_progress,
    *of_commitments,
    *of_stakeholders,
]
