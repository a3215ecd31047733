"""Web processes and workers are killed with -9 while everybody works; those that are left, or come after, go on."""

import os
import signal

import pytest

from tests.faults.scene import Scene
from tests.faults.servers import children_of
from tests.faults.service import CONCURRENCY
from tests.machine import PATIENCE

pytestmark = pytest.mark.slow
FILES = 30


def test_web_processes_die_and_nothing_is_lost(scene: Scene) -> None:
    web = scene.service.web.pid
    with scene.at_work() as ledger:
        for round_ in range(20):
            ledger.wait_for(10)
            if round_ >= 3 and ledger.answers[0]:  # somebody was cut off
                break
            os.kill(children_of(web)[0], signal.SIGKILL)
    assert ledger.answers[0] > 0
    scene.must_have_kept_everything()


def test_workers_die_and_every_document_is_made_once_and_every_mail_arrives(scene: Scene) -> None:
    """A mail in a worker's hands when it died goes out again, under the same Message-ID; no other does."""
    service, kills = scene.service, 0
    with scene.at_work() as ledger:
        report = scene.order_report()
        for made in (1, 4):
            scene.wait_for_documents(report, made)
            scene.queue_mails()
            scene.wait_for_mails(5 * (kills + 1))
            service.worker.send_signal(signal.SIGKILL)
            service.worker.wait()
            service.worker, kills = service.start_worker(), kills + 1
        scene.wait_for_documents(report, FILES, 2 * PATIENCE)
        ledger.wait_for(4)
    scene.every_document_must_be_whole(report, FILES)
    scene.every_mail_must_have_arrived(twice_at_most=kills * CONCURRENCY)
    scene.must_have_kept_everything()
