"""PostgreSQL is there, takes what is sent to it and never answers."""

import pytest

from tests.faults.people import LONGEST_REQUEST
from tests.faults.scene import Scene

pytestmark = pytest.mark.slow


def test_no_request_waits_for_ever(scene: Scene) -> None:
    service = scene.service
    with scene.at_work(patience=40) as ledger:
        ledger.wait_for(8)
        with scene.postgres.frozen():
            refused = ledger.answers[503]
            for _probe in range(3):
                status, parts, seconds = service.timed("/readyz")
                assert (status, '"database": "failing"' in parts) == (503, True)
                assert seconds <= LONGEST_REQUEST
                status, _body, seconds = service.timed("/healthz")
                assert (status, seconds < 2) == (200, True)
            assert ledger.answers[503] > refused
        ledger.wait_for(8)
    service.wait_until_ready()
    scene.the_clock_must_tick()
    scene.must_have_kept_everything()
