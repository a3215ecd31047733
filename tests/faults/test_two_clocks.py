"""Two beats run at once, as when one was thought dead: what the clock asks for is done once all the same."""

import signal

import pytest

from tests.faults.scene import Scene

pytestmark = pytest.mark.slow
LINES = "SELECT count(*) FROM stakeholders_diaryentry WHERE verb = %s AND at > %s"


def test_two_beats_do_nothing_twice(scene: Scene) -> None:
    """A cycle is closed once and has one review; everybody who owes something is told of it by one mail."""
    service, postgres = scene.service, scene.postgres
    other_beat, other_worker = service.start_beat(), service.start_worker()
    try:
        before = postgres.one("SELECT now()")
        with scene.at_work() as ledger:
            scene.the_clock_must_tick()
            scene.remind_today()
            cycle = scene.let_last_quarter_end()
            scene.wait_for("SELECT count(*) FROM reports_report WHERE cycle_id = %s", cycle)
            scene.wait_for_mails(len(scene.writers))
            ledger.wait_for(8)
            for _round in range(3):
                scene.the_clock_must_tick()
        reviews = [str(row[0]) for row in postgres.ask("SELECT id FROM reports_report WHERE cycle_id = %s", cycle)]
        for report in reviews:
            scene.cancel(report)
    finally:
        for process in (other_beat, other_worker):
            process.send_signal(signal.SIGKILL)
            process.wait()
    assert len(reviews) == 1
    assert postgres.one(LINES, "cycle.closed", before) == 1
    assert postgres.one(LINES, "report.ordered", before) == 1
    told = postgres.ask("SELECT person_id, count(DISTINCT mail_id) FROM progress_notice GROUP BY person_id")
    assert sorted(mails for _person, mails in told) == [1] * len(scene.writers)
    scene.every_mail_must_have_arrived(twice_at_most=0)
    scene.must_have_kept_everything()
