"""Web processes and workers are killed with -9 while everybody works; those that are left, or come after, go on."""

import os
import signal

import pytest

from tests.faults.scene import Scene
from tests.faults.servers import children_of

pytestmark = pytest.mark.slow


def test_web_processes_die_and_nothing_is_lost(scene: Scene) -> None:
    web = scene.service.web.pid
    with scene.at_work() as ledger:
        for _round in range(3):
            ledger.wait_for(10)
            os.kill(children_of(web)[0], signal.SIGKILL)
        ledger.wait_for(10)
    assert ledger.answers[0] > 0  # somebody was cut off
    scene.must_have_kept_everything()
