"""Which pages for everyone are still true: a number that changes whenever what the public sees does.

Kept in the cache that all processes share, so that any of them can make every kept page old at once.
"""

import logging
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.cache import caches
from django.db import transaction
from redis.exceptions import RedisError

from stakeholders.models import DiaryEntry

logger = logging.getLogger(__name__)

KEY = "pages:generation"

# The generation in which the request in hand began to be answered; empty where pages are not kept.
of_request: ContextVar[str] = ContextVar("generation", default="")

_owed = threading.Event()

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
    """Part of the key of every kept page; empty, so that none is kept, while the shared cache does not answer."""
    known = ""
    if _owed.is_set():
        make_old()
    with if_it_answers():
        cache = caches["pages"]
        known = cache.get(KEY) or ""
        if not known:
            cache.add(KEY, secrets.token_hex(8), None)
            known = cache.get(KEY) or ""
    return known


def make_old() -> None:
    """No page kept so far is shown again: at once, or before this process shows one from a cache that was away.

    If this process dies before that, the pages end by themselves (PUBLIC_CACHE_SECONDS).
    """
    _owed.clear()
    is_done = False
    with if_it_answers():
        caches["pages"].set(KEY, secrets.token_hex(8), None)
        is_done = True
    if not is_done:
        _owed.set()


def note(entry: DiaryEntry) -> None:
    """After the deed is in the database, and only then, the pages it changes are made anew."""
    if entry.verb in PUBLIC_DEEDS:
        transaction.on_commit(make_old)


@contextmanager
def if_it_answers() -> Iterator[None]:
    """What is done with the shared cache is left undone while that is away: pages are only slower without it."""
    try:
        yield
    except (RedisError, OSError) as error:
        logger.warning("The page cache does not answer: %s", type(error).__name__)
