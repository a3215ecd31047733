"""The disk for documents and evidence is full; PostgreSQL takes no more writing."""

import uuid

import pytest

from tests.faults.people import content
from tests.faults.scene import Scene
from tests.machine import wait_until

pytestmark = pytest.mark.slow
FILE = b"A list of two units.\n" * 2_000


def test_nothing_half_written_is_kept_and_a_file_can_be_made_later(scene: Scene) -> None:
    service, writer = scene.service, scene.writers[0]
    assignment, words = writer.fresh.pop(), f"Words {uuid.uuid4().hex}"
    evidence = "SELECT count(*) FROM progress_evidence WHERE file_name = 'list.txt'"
    scene.ledger.expected.add(400)
    with service.disk.full():
        fields = {**content(words, 0), "save": "1", "title": "A list"}
        answer = writer.person.post_file(f"desk/assignments/{assignment}/", "list.txt", FILE, **fields)
        assert answer.status == 400
        assert "could not be stored; the fault is ours" in answer.text
        assert words in answer.text
        assert scene.postgres.one(evidence) == 0
        assert [path for path in (service.data / "evidence").rglob("*") if path.is_file()] == []
        assert service.probe("/healthz")[0] == 200
        report = scene.order_report()
        scene.wait_for_documents(report, 1, state="failed")
        with scene.at_work() as ledger:  # words need no disk of ours
            ledger.wait_for(8)
    scene.ledger.expected.discard(400)
    document, failure = scene.postgres.ask(
        "SELECT id, failure FROM reports_document WHERE report_id = %s AND state = 'failed' LIMIT 1", report
    )[0]
    assert failure == "storage"
    scene.cancel(report)
    assert scene.officer.post(f"reports/documents/{document}/retry/").status == 302
    scene.wait_for_documents(report, 1)
    answer = writer.person.post_file(f"desk/assignments/{assignment}/", "list.txt", FILE, **fields)
    assert answer.status == 302
    assert scene.postgres.one(evidence) == 1
    scene.every_document_must_be_whole(report, 1)
    stumps = service.data / "documents" / report
    wait_until(lambda: not list(stumps.glob(".part-*")), "nothing half written is left")
    scene.must_have_kept_everything()


def test_while_postgresql_takes_no_writing_words_stay_in_the_page(scene: Scene) -> None:
    person, assignment = scene.writers[1].person, scene.writers[1].fresh[0]
    with scene.at_work() as ledger:
        ledger.wait_for(8)
        with scene.postgres.read_only():
            words = f"Words {uuid.uuid4().hex}"
            answer = person.post(f"desk/assignments/{assignment}/", save="1", **content(words, 0))
            assert answer.status == 503
            assert answer.text.count(words) == 2  # to read, and to send once more
            assert person.get("desk/").status == 200
            assert scene.readers[0].get("").status == 200
            status, parts = scene.service.probe("/readyz")
            assert (status, '"database": "failing"' in parts) == (503, True)
            ledger.wait_for_answer(503, 3)
        ledger.wait_for(8)
    scene.service.wait_until_ready()
    scene.the_clock_must_tick()
    scene.must_have_kept_everything()
