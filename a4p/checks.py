"""What is wrong with an installation, said before it serves. Each finding has an id and a way out."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from stakeholders.languages import CODES


@register(Tags.translation)
def languages_agree(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if tuple(settings.MODELTRANSLATION_LANGUAGES) == CODES == tuple(code for code, _name in settings.LANGUAGES):
        return []
    return [
        Error(
            "The interface and the catalogue do not have the same six languages.",
            hint="Change stakeholders/languages.py alone; settings follow it, and a migration adds columns.",
            id="a4p.E001",
        )
    ]


@register(Tags.security, deploy=True)
def site_address_is_served(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    host = settings.SITE_ADDRESS.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
    if host in settings.ALLOWED_HOSTS:
        return []
    return [
        Warning(
            f"SITE_ADDRESS is {settings.SITE_ADDRESS}, a host that ALLOWED_HOSTS does not name.",
            hint="Links in mails and reports start with SITE_ADDRESS: set it to the public address.",
            id="a4p.W002",
        )
    ]


@register(deploy=True)
def mail_has_a_server(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.EMAIL_HOST:
        return []
    return [
        Warning(
            "EMAIL_HOST is empty: mails are written to files and reach nobody.",
            hint="Set EMAIL_HOST, and DEFAULT_FROM_EMAIL, to those of a mail server.",
            id="a4p.W004",
        )
    ]


@register(Tags.security, deploy=True)
def no_demonstration_in_production(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if not settings.DEMONSTRATION:
        return []
    return [
        Warning(
            "DEMONSTRATION is on: accounts with known passwords and invented stakeholders may exist.",
            hint="Set DEMONSTRATION=0 and start from an empty database.",
            id="a4p.W003",
        )
    ]
