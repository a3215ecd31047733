"""The street map: pages in six languages, each under its own prefix; the administrators' door without."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", include("reports.urls")),
        path("", include("progress.urls")),
        path("", include("stakeholders.urls")),
    ),
]
