from django.urls import path

from reports.views import library, public

urlpatterns = [
    path("", public.home, name="home"),
    path("method/", public.method_page, name="method"),
    path("areas/<slug:uid>/", public.area_page, name="area"),
    path("commitments/<slug:uid>/", public.commitment_page, name="commitment"),
    path("stakeholders/", public.stakeholders_page, name="stakeholders"),
    path("stakeholders/<slug:code>/", public.stakeholder_page, name="stakeholder"),
    path("cycles/<slug:key>/", public.cycle_page, name="cycle"),
    path("versions/<int:version_id>/", public.version_page, name="version"),
    path("reports/", library.library_page, name="report_library"),
    path("reports/compile/", library.compile_page, name="compile"),
    path("reports/documents/<int:document_id>/retry/", library.retry_page, name="retry"),
    path("reports/<uuid:report_id>/", library.report_page, name="report"),
    path("reports/<uuid:report_id>/<slug:language>.<slug:format>", library.download, name="download"),
]
