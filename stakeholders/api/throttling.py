"""How many requests a minute a person or an address may make. Counted in the cache all processes share."""

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from stakeholders import freshness
from stakeholders.models import User

MINUTE = 60


@dataclass(frozen=True)
class Rate:
    limit: int
    used: int
    seconds_left: int

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.limit - self.used)),
            "RateLimit-Reset": str(self.seconds_left),
        }


class PerMinute(BaseThrottle):
    """Counts anew every minute of the clock. Lets everybody through while the cache is away."""

    rate: Rate | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        person, now = request.user, int(time.time())
        is_known = isinstance(person, User)
        who = f"person:{person.pk}" if is_known else f"address:{self.get_ident(request)}"
        used = 0
        with freshness.if_it_answers():
            used = _count(f"api:{who}:{now // MINUTE}")
        limit = settings.API_RATE_SIGNED_IN if is_known else settings.API_RATE_ANONYMOUS
        self.rate = view.rate = Rate(limit, used, MINUTE - now % MINUTE)
        return used <= limit

    def wait(self) -> float | None:
        return self.rate.seconds_left if self.rate else None


def _count(key: str) -> int:
    cache = caches["default"]
    cache.add(key, 0, MINUTE + 1)
    try:
        return cache.incr(key)
    except ValueError:  # it ended between the two: the count begins again
        return 1
