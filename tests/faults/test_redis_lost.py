"""Redis is stopped, frozen or emptied while everybody works and documents wait to be made."""

import pytest

from tests.faults.scene import Scene

pytestmark = pytest.mark.slow
LONGEST_WITHOUT = 5.0  # seconds a request may take more or less


def test_without_redis_people_go_on_and_the_jobs_are_found_again(scene: Scene) -> None:
    service = scene.service
    with scene.at_work() as ledger:
        with scene.redis.stopped():
            ledger.wait_for(12)
            report = scene.order_report()
            assert service.probe("/healthz")[0] == 200
            parts = service.probe("/readyz")[1]
            assert '"broker": "failing"' in parts and '"cache": "failing"' in parts
            scene.sign_in_anew()
        scene.wait_for_documents(report, 2)
        scene.redis.client.flushall()
        made = scene.documents(report, "ready")
        scene.wait_for_documents(report, made + 2)
        scene.cancel(report)
        ledger.wait_for(8)
    assert ledger.answers[503] == ledger.answers[0] == 0
    assert ledger.slowest < LONGEST_WITHOUT
    service.wait_until_ready()
    scene.the_clock_must_tick()
    scene.must_have_kept_everything()


def test_nobody_waits_long_for_a_redis_that_does_not_answer(scene: Scene) -> None:
    with scene.at_work() as ledger, scene.redis.frozen():
        ledger.wait_for(12)
        scene.sign_in_anew()
        ledger.wait_for(6)
    assert ledger.answers[503] == ledger.answers[0] == 0
    assert ledger.slowest < LONGEST_WITHOUT
    scene.service.wait_until_ready()
    scene.the_clock_must_tick()
    scene.must_have_kept_everything()
