from django.urls import path

from reports.api import index, publications
from reports.api import library as api_library
from reports.views import (
    catalogue,
    compiling,
    data,
    feeds,
    figures,
    library,
    public,
    reading,
    reference,
    register,
    search,
)

urlpatterns = [
    path("", public.home, name="home"),
    path("method/", public.method_page, name="method"),
    path("developers/", reference.reference_page, name="reference"),
    path("developers/<slug:part>/", reference.reference_part, name="reference_part"),
    path("feed.atom", feeds.site_feed, name="home_feed"),
    path("data/<slug:name>.<slug:format>", data.data, name="data"),
    path("reading/", reading.choose_page, name="reading"),
    path("areas/<slug:uid>/", catalogue.area_page, name="area"),
    path("areas/<slug:uid>/feed.atom", feeds.area_feed, name="area_feed"),
    path("commitments/", catalogue.commitments_page, name="commitments"),
    path("commitments/<slug:uid>/", catalogue.commitment_page, name="commitment"),
    path("commitments/<slug:uid>/history/", catalogue.commitment_history, name="commitment_history"),
    path("commitments/<slug:uid>/feed.atom", feeds.commitment_feed, name="commitment_feed"),
    path("stakeholders/", register.stakeholders_page, name="stakeholders"),
    path("stakeholders/<slug:code>/", register.stakeholder_page, name="stakeholder"),
    path("stakeholders/<slug:code>/feed.atom", feeds.stakeholder_feed, name="stakeholder_feed"),
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

api_urlpatterns = [
    path("", index.Index.as_view(), name="api_index"),
    path("assignments/", publications.Assignments.as_view(), name="api_assignments"),
    path("publications/", publications.Publications.as_view(), name="api_publications"),
    path("publications/<int:version_id>/", publications.OnePublication.as_view(), name="api_publication"),
    path("publications/assessments/", publications.PublishedAssessments.as_view(), name="api_published_assessments"),
    path("reports/", api_library.Reports.as_view(), name="api_reports"),
    path("reports/<uuid:report_id>/", api_library.OneReport.as_view(), name="api_report"),
]
