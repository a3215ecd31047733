"""The street map: pages in six languages, each under its own prefix; the administrators' door without."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from reports.views import machines, reference

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign] # one door to sign in by

handler400 = "stakeholders.faults.bad_request"
handler404 = "stakeholders.faults.not_found"
handler500 = "stakeholders.faults.server_error"
urlpatterns = [
    path("sign-on/", include("stakeholders.single_sign_on_urls")),
    path("admin/", admin.site.urls),
    path("api/v1/docs/", reference.docs, name="docs"),
    path("api/v1/", include("a4p.api_urls")),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", machines.sitemap_section, name="sitemap_section"),
    *i18n_patterns(
        path("", include("reports.urls")),
        path("", include("progress.urls")),
        path("", include("stakeholders.urls")),
    ),
]
