"""PostgreSQL is pulled from under everybody, and comes back; nothing else is started again."""

import pytest

from tests.faults.scene import Scene

pytestmark = pytest.mark.slow


def test_everybody_is_told_to_wait_and_goes_on(scene: Scene) -> None:
    postgres, service = scene.postgres, scene.service
    with scene.at_work() as ledger:
        ledger.wait_for(8)
        for _round in range(2):
            postgres.stop()
            ledger.wait_for_answer(503, ledger.answers[503] + 2)
            assert service.probe("/healthz")[0] == 200
            status, parts = service.probe("/readyz")
            assert (status, '"database": "failing"' in parts) == (503, True)
            postgres.start()
            ledger.wait_for(8)
    scene.service.wait_until_ready()
    scene.the_clock_must_tick()
    scene.must_have_kept_everything()
