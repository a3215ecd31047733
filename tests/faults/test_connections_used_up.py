"""Something else takes every connection that PostgreSQL has, those of the tracker too."""

from contextlib import ExitStack

import psycopg
import pytest

from tests.faults.scene import Scene
from tests.machine import PATIENCE

pytestmark = pytest.mark.slow
OTHERS = "FROM pg_stat_activity WHERE usename = 'tracker' AND pid != ALL(%s)"


def take_every_connection(scene: Scene, held: ExitStack) -> None:
    """Whoever has one is cut off, and is not quick enough to get another."""
    ours: list[int] = []
    for _attempt in range(500):
        try:
            connection = held.enter_context(psycopg.connect(scene.postgres.address, connect_timeout=PATIENCE))
            ours.append(connection.info.backend_pid)
        except psycopg.OperationalError as error:
            assert "remaining connection slots" in str(error) or "too many clients" in str(error)
            if not scene.postgres.one(f"SELECT count(*) {OTHERS}", ours):
                return
            scene.postgres.ask(f"SELECT pg_terminate_backend(pid) {OTHERS}", ours)
    raise AssertionError("there is no end to the connections")


def test_who_finds_no_connection_is_told_to_wait(scene: Scene) -> None:
    with scene.at_work() as ledger:
        ledger.wait_for(8)
        with ExitStack() as held:
            take_every_connection(scene, held)
            refused = ledger.answers[503]
            assert scene.service.probe("/healthz")[0] == 200
            assert scene.service.probe("/readyz")[0] == 503
            ledger.wait_for_answer(503, refused + 5)
        ledger.wait_for(8)
    scene.service.wait_until_ready()
    scene.the_clock_must_tick()
    scene.must_have_kept_everything()
