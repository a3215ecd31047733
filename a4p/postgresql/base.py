"""Django's PostgreSQL backend, whose connections do not wait for ever (a4p/patience.py)."""

import time
from collections.abc import Generator
from typing import Any, TypeVar

import psycopg
from django.db.backends.postgresql import base

from a4p.patience import in_hand, silence

Result = TypeVar("Result")


class Connection(psycopg.Connection[Any]):
    def wait(self, gen: Generator[Any, Any, Result], interval: float = 0.1, timeout: float | None = None) -> Result:
        patience = in_hand()
        if patience is None or timeout is not None:
            return super().wait(gen, interval, timeout)
        began = time.monotonic()
        try:
            return super().wait(gen, interval, patience.seconds)
        except psycopg.OperationalError:
            if time.monotonic() - began >= patience.seconds:
                patience.is_over = True
                silence.begin()
                self.close()  # an answer that comes now would be taken for that of the next question
            raise


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        patience = in_hand()
        if patience is None:
            return Connection.connect(**conn_params)
        if patience.is_over or silence.holds:
            raise psycopg.OperationalError("the database did not answer a moment ago")
        try:
            with silence.trying(conn_params["connect_timeout"]):
                return Connection.connect(**conn_params)
        except psycopg.OperationalError:
            patience.is_over = True
            raise
