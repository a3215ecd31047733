"""A fault and everybody at work in it; afterwards, what must be true of the rows."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.people import LONGEST_REQUEST, Ledger, Person, Writer, at_work
from tests.faults.service import Service
from tests.machine import PATIENCE, wait_until

COUNT_VERSIONS = "SELECT count(*) FROM progress_updateversion WHERE narrative = %s"
QUEUE_MAILS = """
INSERT INTO stakeholders_mail (person_id, fact, topic, language, subject, body, queued_at, due_at, attempts, address,
    message_id, dropped_because, is_secret, trouble)
SELECT id, gen_random_uuid(), '', language, 'A subject', 'Words', now(), now(), 0, '', '', '', false, ''
FROM stakeholders_user, generate_series(1, 8)
"""
PLAN_TODAY = """
INSERT INTO progress_reminderplan (owner_kind, days)
SELECT %s, (max(due_on) - now()::date)::text FROM progress_cycle
"""
COUNT_COMMENTS = "SELECT count(*) FROM progress_comment WHERE text = %s"


class Scene:
    def __init__(self, service: Service, writers: list[Writer], readers: list[Person], officer: Person) -> None:
        self.service, self.writers, self.readers, self.officer = service, writers, readers, officer
        self.postgres, self.redis = service.postgres, service.redis
        self.ledger = Ledger()
        received = service.mail.received
        self.mails_before, self.twice_before = received.total(), received.total() - len(received)
        for person in [*readers, officer, *(writer.person for writer in writers)]:
            person.ledger = self.ledger

    @contextmanager
    def at_work(self, patience: float = 30.0) -> Iterator[Ledger]:
        with at_work(self.writers, self.readers, patience):
            yield self.ledger

    def the_clock_must_tick(self) -> None:
        """Beat sends and a worker takes: both have found their way back by themselves."""
        service, now = self.service, self.postgres.one("SELECT now()")
        assert None is service.web.poll() is service.worker.poll() is service.beat.poll()
        ticked = "SELECT count(*) FROM stakeholders_clocktick WHERE at > %s"
        wait_until(lambda: self.postgres.one(ticked, now) == 1, "the clock ticks")

    def order_report(self) -> str:
        """The officer presses the button. Returns the report's id."""
        page = self.officer.get("reports/compile/")
        key = re.search(r'name="request_key" value="([^"]+)"', page.text)
        assert key, page.text
        assert self.officer.insist("reports/compile/", time.monotonic() + PATIENCE, scope="whole", request_key=key[1])
        return str(self.postgres.one("SELECT id FROM reports_report WHERE request_key = %s", key[1]))

    def cancel(self, report: str) -> None:
        assert self.officer.post(f"reports/{report}/cancel/").status == 302

    def documents(self, report: str, state: str) -> int:
        question = "SELECT count(*) FROM reports_document WHERE report_id = %s AND state = %s"
        return int(self.postgres.one(question, report, state))

    def wait_for_documents(self, report: str, count: int, seconds: float = PATIENCE, state: str = "ready") -> None:
        wait_until(lambda: self.documents(report, state) >= count, f"{count} documents are {state}", seconds)

    def every_document_must_be_whole(self, report: str, count: int) -> None:
        """As many files as rows, each as long as its row says, and nothing half written."""
        question = "SELECT file, size FROM reports_document WHERE report_id = %s AND state = 'ready'"
        rows, folder = self.postgres.ask(question, report), self.service.data / "documents"
        assert len({name for name, _size in rows}) == len(rows) == count
        assert {name: (folder / name).stat().st_size for name, _size in rows} == dict(rows)
        made = {path.name for path in (folder / report).iterdir()}
        every = "SELECT language || '.' || format FROM reports_document WHERE report_id = %s"
        assert {name for name in made if not name.startswith(".part-")} <= {
            row[0] for row in self.postgres.ask(every, report)
        }

    def queue_mails(self) -> None:
        self.postgres.run(QUEUE_MAILS)

    def wait_for_mails(self, more: int) -> None:
        goal = self.mails_before + more
        wait_until(lambda: self.service.mail.received.total() >= goal, f"{more} mails have arrived")

    def every_mail_must_have_arrived(self, *, twice_at_most: int) -> None:
        waiting = "SELECT count(*) FROM stakeholders_mail WHERE sent_at IS NULL AND dropped_at IS NULL"
        held = "lease_until IS NOT NULL AND sent_at IS NULL"
        wait_until(lambda: self.postgres.one(f"{waiting} AND NOT ({held})") == 0, "no mail waits")
        self.postgres.run(f"UPDATE stakeholders_mail SET lease_until = now() WHERE {held}")  # noqa: S608 - ours
        wait_until(lambda: self.postgres.one(waiting) == 0, "no mail is held by a dead worker")
        received = self.service.mail.received
        rows = self.postgres.ask("SELECT message_id FROM stakeholders_mail WHERE sent_at IS NOT NULL")
        assert sorted(received) == sorted(message_id for (message_id,) in rows)
        assert received.total() - len(received) - self.twice_before <= twice_at_most

    def remind_today(self) -> None:
        """The plan of those who lead commitments names this day."""
        for kind in ("member_states", "contributors"):
            self.postgres.run(PLAN_TODAY, kind)

    def let_last_quarter_end(self) -> int:
        """Returns the cycle whose last day was yesterday."""
        ended = "UPDATE progress_cycle SET closes_on = now()::date - 1 WHERE opens_on < %s RETURNING id"
        this = self.postgres.one("SELECT max(opens_on) FROM progress_cycle")
        return int(self.postgres.one(ended, this))

    def wait_for(self, count: str, *values: object) -> None:
        wait_until(lambda: self.postgres.one(count, *values) > 0, count)

    def sign_in_anew(self) -> None:
        """Somebody at another browser."""
        writer = self.writers[0].person
        Person(self.service.port, self.ledger, "ru", writer.email).sign_in()

    def must_have_kept_everything(self) -> None:
        """Nothing acknowledged is lost, nothing is there twice, every refusal was clean, and the books agree."""
        ledger = self.ledger
        assert ledger.faults == []
        assert ledger.slowest <= LONGEST_REQUEST
        assert ledger.done
        for _assignment, words in [*ledger.drafts, *ledger.submitted]:
            assert self.postgres.one(COUNT_VERSIONS, words) == 1
        for _update, words in ledger.comments:
            assert self.postgres.one(COUNT_COMMENTS, words) == 1
        self._every_save_is_in_the_diary_once()
        self.service.tell("verify.verify")

    def _every_save_is_in_the_diary_once(self) -> None:
        versions = self.postgres.one("SELECT count(*) FROM progress_updateversion")
        words = self.postgres.one("SELECT count(DISTINCT narrative) FROM progress_updateversion")
        saves = self.postgres.one("SELECT count(*) FROM stakeholders_diaryentry WHERE verb = 'update.saved'")
        assert saves == versions
        assert versions - words == len(self.writers) - 1  # those the seed submitted say the same
