"""What is wrong with an installation, said before it serves. Each finding has an id and a way out."""

import os
import re
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from dotenv import dotenv_values

from a4p.env import VARIABLES
from stakeholders.languages import CODES

ALIKE = 0.9
ALSO_KNOWN = {"PORT"}  # Makefile's
# Read by libraries under names of their own.
OF_OTHERS = ("OTEL_", "AWS_", "DJANGO_", "PYTHON", "GUNICORN_", "CELERY_", "COMPOSE_", "POSTGRES_", "REDIS_")


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


@register()
def variables_are_known(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """All of `.env`, which is the tracker's own; of the environment those that look like a misspelt one."""
    known = {*VARIABLES, *(f"{name}_FILE" for name, v in VARIABLES.items() if v.is_secret), *ALSO_KNOWN}
    known |= _variables_of_compose()
    in_file = dotenv_values(Path(settings.BASE_DIR) / ".env")
    strange = [name for name in in_file if name not in known and not name.startswith(OF_OTHERS)]
    meant = {name: get_close_matches(name, known, n=1, cutoff=ALIKE) for name in os.environ if name not in known}
    strange += [name for name, likely in meant.items() if likely and name not in strange]
    return [
        Warning(
            f"{name} is no variable of the tracker, and does nothing.",
            hint=f"Is {near[0]} meant?" if (near := get_close_matches(name, known, n=1)) else "See docs/settings.md.",
            id="a4p.W005",
        )
        for name in strange
    ]


def _variables_of_compose() -> set[str]:
    """It reads the same `.env`."""
    path = Path(settings.BASE_DIR) / "docker-compose.yml"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return {name for names in re.findall(r"\$\{([A-Z0-9_]+)|^ +([A-Z0-9_]+):$", text, re.MULTILINE) for name in names}


@register(Tags.security, deploy=True)
def https_ends_somewhere(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.BEHIND_PROXY or not settings.HTTPS:
        return []
    return [
        Warning(
            "HTTPS is on and BEHIND_PROXY is off: what a proxy brings over HTTP is sent to HTTPS for ever.",
            hint="Set BEHIND_PROXY=1 where a proxy ends TLS and sets X-Forwarded-Proto.",
            id="a4p.W006",
        )
    ]


@register(Tags.security, deploy=True)
def wrong_passwords_are_counted_together(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.CACHE_URL or not settings.DATABASE_URL.startswith("postgres"):
        return []
    return [
        Warning(
            "There is PostgreSQL but no shared cache: every web process counts wrong passwords for itself.",
            hint="Set CACHE_URL to a Redis database, for example redis://host:6379/1.",
            id="a4p.W007",
        )
    ]


@register(deploy=True)
def mail_has_a_sender(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if not settings.EMAIL_HOST or not settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        return []
    return [
        Warning(
            f"Mails are sent from {settings.DEFAULT_FROM_EMAIL}, which most servers refuse.",
            hint="Set DEFAULT_FROM_EMAIL to an address of the sending organization.",
            id="a4p.W008",
        )
    ]


@register(deploy=True)
def files_have_a_sender(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.BEHIND_PROXY or not settings.PROXY_SENDS_FILES:
        return []
    return [
        Warning(
            "PROXY_SENDS_FILES is on and BEHIND_PROXY is off: without a proxy, evidence and reports arrive empty.",
            hint="Set PROXY_SENDS_FILES=0, or put a proxy in front that knows X-Accel-Redirect (deploy/nginx/).",
            id="a4p.W009",
        )
    ]
