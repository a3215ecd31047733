"""A fault and everybody at work in it; afterwards, what must be true of the rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.people import LONGEST_REQUEST, Ledger, Person, Writer, at_work
from tests.faults.service import Service

COUNT_VERSIONS = "SELECT count(*) FROM progress_updateversion WHERE narrative = %s"
COUNT_COMMENTS = "SELECT count(*) FROM progress_comment WHERE text = %s"


class Scene:
    def __init__(self, service: Service, writers: list[Writer], readers: list[Person], officer: Person) -> None:
        self.service, self.writers, self.readers, self.officer = service, writers, readers, officer
        self.postgres, self.redis = service.postgres, service.redis
        self.ledger = Ledger()
        for person in [*readers, officer, *(writer.person for writer in writers)]:
            person.ledger = self.ledger

    @contextmanager
    def at_work(self, patience: float = 30.0) -> Iterator[Ledger]:
        with at_work(self.writers, self.readers, patience):
            yield self.ledger

    def must_have_kept_everything(self) -> None:
        """Nothing acknowledged is lost, nothing is there twice, every refusal was clean, and the books agree."""
        ledger = self.ledger
        assert ledger.faults == []
        assert ledger.slowest <= LONGEST_REQUEST
        assert ledger.drafts and ledger.comments
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
