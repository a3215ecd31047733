from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgressConfig(AppConfig):
    name = "progress"
    verbose_name = _("Progress")

    def ready(self) -> None:
        from progress import actions  # the models must be loaded first
        from stakeholders.mail import write_when_sending

        write_when_sending(actions.DIGEST, actions.write_digest)
