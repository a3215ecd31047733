"""A database that does not answer is not waited for for ever, and a shared cache that is away is done without."""

import socket
import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from a4p import patience
from a4p.patience import PAUSE_SECONDS, PatienceMiddleware, Silence, in_hand
from a4p.postgresql.base import DatabaseWrapper
from a4p.steady_cache import SteadyCache, _Trouble


@pytest.fixture
def deaf_server() -> Iterator[int]:
    """It takes what is sent, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> Silence:
    silence = Silence()
    monkeypatch.setattr("a4p.postgresql.base.silence", silence)
    return silence


def connect(port: int) -> None:
    wrapper = DatabaseWrapper({"OPTIONS": {}, "NAME": "x", "TIME_ZONE": None})
    wrapper.get_new_connection({"host": "127.0.0.1", "port": port, "dbname": "x", "connect_timeout": 2})


def test_a_request_that_has_waited_in_vain_asks_no_more(deaf_server: int, silence: Silence) -> None:
    seen: list[float] = []

    def view(request: HttpRequest) -> HttpResponse:
        for _attempt in range(2):
            began = time.monotonic()
            with pytest.raises(psycopg.OperationalError):
                connect(deaf_server)
            seen.append(time.monotonic() - began)
        return HttpResponse()

    PatienceMiddleware(view)(HttpRequest())
    assert seen[0] >= 2 > 1 > seen[1]
    assert silence.holds
    assert in_hand() is None


def test_while_it_is_silent_only_one_at_a_time_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("a4p.patience.time", type("Clock", (), {"monotonic": staticmethod(lambda: clock[0])}))
    silence = Silence()

    def fail_after(seconds: float) -> None:
        with pytest.raises(OSError), silence.trying(5):
            clock[0] += seconds
            raise OSError

    fail_after(0.1)  # refused at once: the next may try at once
    assert not silence.holds
    fail_after(5)
    assert silence.holds
    clock[0] += PAUSE_SECONDS
    assert not silence.holds
    with silence.trying(5):
        assert silence.holds  # for everybody else, until this one knows
    assert not silence.holds


def test_commands_take_the_time_they_need(deaf_server: int, silence: Silence) -> None:
    silence.begin()
    with pytest.raises(psycopg.OperationalError, match="timeout"):
        connect(deaf_server)


def test_a_job_has_its_own_patience(settings: LazySettings) -> None:
    settings.STATEMENT_TIMEOUT = 4_000
    patience.begin()
    mine: Any = in_hand()
    assert (mine.seconds, mine.is_over) == (5, False)


def test_without_the_shared_cache_each_process_counts_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Trouble, "until", 0.0)
    cache = SteadyCache("redis://127.0.0.1:9/0", {"OPTIONS": {"socket_connect_timeout": 1}})
    assert cache.get("tries") is None
    assert cache.add("tries", 1) is True
    assert cache.incr("tries") == 2
    assert cache.get("tries") == 2
    assert time.monotonic() < _Trouble.until
    cache.clear()
    assert caches["default"].get("tries") is None
