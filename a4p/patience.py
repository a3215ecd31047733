"""How long a request or a job waits for a database that is there but does not answer.

The database's own limits (statement_timeout) do not help where nobody on the other side acts on them any more, and TCP
sees nothing amiss as long as the other machine takes what is sent. So the waiting side counts.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GRACE_SECONDS = 1  # for the word of the database's own limit to arrive
PAUSE_SECONDS = 2.0


@dataclass
class Patience:
    """Of one request or job. Once it has waited in vain it asks no more."""

    seconds: float
    is_over: bool = False


_in_hand: ContextVar[Patience | None] = ContextVar("patience", default=None)


def in_hand() -> Patience | None:
    """None in commands and migrations, which take the time they need."""
    return _in_hand.get()


def begin() -> None:
    """A new request or job begins in this thread."""
    _in_hand.set(Patience(settings.STATEMENT_TIMEOUT / 1000 + GRACE_SECONDS))


class PatienceMiddleware:
    """Around everything that may ask the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _in_hand.set(None)
        try:
            begin()
            return self.get_response(request)
        finally:
            _in_hand.reset(token)


class Silence:
    """What one thread has learned spares the others: while the database is silent only one of them at a time asks.

    Otherwise all threads of a process would wait, and none would be left to say that it lives.
    """

    def __init__(self) -> None:
        self._until = 0.0

    @property
    def holds(self) -> bool:
        return time.monotonic() < self._until

    @contextmanager
    def trying(self, seconds: float) -> Iterator[None]:
        """Around an attempt that may take so long. A failure that came at once is no silence."""
        was_silent, began = self._until > 0, time.monotonic()
        if was_silent:
            self._until = began + seconds
        try:
            yield
        except Exception:
            is_silent = was_silent or time.monotonic() - began >= PAUSE_SECONDS
            self._until = time.monotonic() + PAUSE_SECONDS if is_silent else 0.0
            raise
        self._until = 0.0

    def begin(self) -> None:
        self._until = time.monotonic() + PAUSE_SECONDS


silence = Silence()
