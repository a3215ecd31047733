from django.apps import AppConfig
from django.conf import settings


class TrackerConfig(AppConfig):
    name = "a4p"

    def ready(self) -> None:
        from a4p import checks  # noqa: F401 - registers the checks; apps must be loaded first

        # Their libraries are not installed everywhere.
        if settings.SENTRY_DSN:
            from a4p import error_reports

            error_reports.start(
                dsn=settings.SENTRY_DSN, environment=settings.SENTRY_ENVIRONMENT, version=settings.VERSION
            )
        if settings.OTEL_ENDPOINT:
            from a4p import traces

            traces.start(endpoint=settings.OTEL_ENDPOINT, version=settings.VERSION)
