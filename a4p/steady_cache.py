"""The shared cache, with a spare one in the memory of each process for as long as it does not answer.

Wrong passwords are counted there: without the shared one each process counts its own, and people can sign in. What
must be the same for all processes, such as which pages are old, does not belong here.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 5.0  # in which a cache that did not answer is not asked again


class _Trouble:
    """Of this process; Django makes a cache object for each thread."""

    until = 0.0


def _steadily(name: str) -> Callable[..., Any]:
    def call(self: "SteadyCache", *arguments: Any, **named: Any) -> Any:
        if time.monotonic() >= _Trouble.until:
            try:
                return getattr(RedisCache, name)(self, *arguments, **named)
            except (RedisError, OSError) as error:
                logger.warning("The shared cache does not answer: %s", type(error).__name__)
                _Trouble.until = time.monotonic() + PAUSE_SECONDS
        return getattr(self.spare, name)(*arguments, **named)

    return call


class SteadyCache(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.spare = LocMemCache("spare", {})

    add = _steadily("add")
    get = _steadily("get")
    set = _steadily("set")
    touch = _steadily("touch")
    delete = _steadily("delete")
    get_many = _steadily("get_many")
    has_key = _steadily("has_key")
    incr = _steadily("incr")
    set_many = _steadily("set_many")
    delete_many = _steadily("delete_many")
    clear = _steadily("clear")
