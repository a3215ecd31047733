from django.apps import AppConfig


class TrackerConfig(AppConfig):
    name = "a4p"

    def ready(self) -> None:
        from a4p import checks  # noqa: F401 - registers the checks; apps must be loaded first
