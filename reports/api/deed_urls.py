"""Addresses of what is done with reports."""

from django.urls import path

from reports.api import ordering

urlpatterns = [
    path("reports/order/", ordering.OrderReport.as_view(), name="api_report_order"),
    path("reports/<uuid:report_id>/correct/", ordering.CorrectReport.as_view(), name="api_report_correct"),
    path("reports/<uuid:report_id>/cancel/", ordering.CancelReport.as_view(), name="api_report_cancel"),
    path(
        "reports/<uuid:report_id>/files/<slug:language>/<slug:kind>/retry/",
        ordering.RetryFile.as_view(),
        name="api_report_file_retry",
    ),
]
