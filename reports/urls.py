from django.urls import path

from reports.views import compiling, figures, library, public, search

urlpatterns = [
    path("", public.home, name="home"),
    path("method/", public.method_page, name="method"),
    path("areas/<slug:uid>/", public.area_page, name="area"),
    path("commitments/<slug:uid>/", public.commitment_page, name="commitment"),
    path("stakeholders/", public.stakeholders_page, name="stakeholders"),
    path("stakeholders/<slug:code>/", public.stakeholder_page, name="stakeholder"),
    path("cycles/<slug:key>/", public.cycle_page, name="cycle"),
    path("cycles/<slug:key>/figures/", figures.cycle_figures, name="cycle_figures"),
    path("versions/<int:version_id>/", public.version_page, name="version"),
    path("search/", search.search_page, name="search"),
    path("reports/", library.library_page, name="report_library"),
    path("reports/compile/", compiling.compile_page, name="compile"),
    path("reports/documents/<int:document_id>/retry/", compiling.retry_page, name="retry"),
    path("reports/<uuid:report_id>/", library.report_page, name="report"),
    path("reports/<uuid:report_id>/correct/", compiling.correct_page, name="correct"),
    path("reports/<uuid:report_id>/cancel/", compiling.cancel_page, name="cancel"),
    path("reports/<uuid:report_id>/figures/", figures.report_figures, name="report_figures"),
    path("reports/<uuid:report_id>/manifest.json", library.manifest, name="manifest"),
    path("reports/<uuid:report_id>/<slug:language>.<slug:format>", library.download, name="download"),
]
