"""Doing the same thing several times at the same moment, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")


def together(act: Callable[[], Result], *, times: int) -> list[Result]:
    start = Barrier(times)

    def once() -> Result:
        start.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return [future.result() for future in [pool.submit(once) for _n in range(times)]]
