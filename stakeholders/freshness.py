"""Which pages for everyone are still true: a number that changes whenever what the public sees does.

Kept in the cache that all processes share, so that any of them can make every kept page old at once.
"""

import secrets
from contextvars import ContextVar

from django.core.cache import caches
from django.db import transaction

from stakeholders.models import DiaryEntry

KEY = "pages:generation"

# The generation in which the request in hand began to be answered; empty where pages are not kept.
of_request: ContextVar[str] = ContextVar("generation", default="")

# Deeds after which a page for everyone may look different. tests/house/test_page_cache.py has the others by name.
PUBLIC_DEEDS = frozenset(
    {
        "registry.loaded",
        "catalogue.loaded",
        "crosswalk.loaded",
        "indicators.loaded",
        "measurements.loaded",
        "cycle.planned",
        "cycle.opened",
        "cycle.closed",
        "update.publish",
        "update.withdraw",
        "update.source_recorded",
        "update.translated",
        "assessment.published",
        "assessment.withdrawn",
        "report.ordered",
        "report.frozen",
        "report.cancelled",
    }
)


def generation() -> str:
    """Part of the key of every kept page."""
    cache = caches["pages"]
    known: str | None = cache.get(KEY)
    if known is None:
        cache.add(KEY, secrets.token_hex(8), None)
        known = cache.get(KEY) or ""
    return known


def make_old() -> None:
    """No page kept so far is shown again."""
    caches["pages"].set(KEY, secrets.token_hex(8), None)


def note(entry: DiaryEntry) -> None:
    """After the deed is in the database, and only then, the pages it changes are made anew."""
    if entry.verb in PUBLIC_DEEDS:
        transaction.on_commit(make_old)
