"""What becomes of an assignment: a story is a row of steps, taken one after the other by those whose step it is."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from progress.generated.cast import Cast
from progress.generated.rows import Rows
from progress.generated.texts import NOTHING, Text, Texts, other_languages
from progress.models import (
    Assignment,
    Comment,
    Evidence,
    EvidenceKind,
    PublishedWords,
    Status,
    Transition,
    TranslationState,
    Update,
    UpdateState,
    UpdateTranslation,
    UpdateVersion,
    Verb,
    Visibility,
)
from progress.models.transition import STATES_AFTER
from progress.search import mark, place_of
from stakeholders.folding import words_of
from stakeholders.models import User

WRITE = "w"
STEPS = {
    "p": Verb.PROPOSE,
    "s": Verb.SUBMIT,
    "r": Verb.RETURN,
    "a": Verb.ACCEPT,
    "u": Verb.PUBLISH,
    "x": Verb.WITHDRAW,
}
# How often each story is told, of a closed cycle and of one that is open still; the empty one is silence.
# Officers clear what waits for them within a quarter: only the cycle that closed last has something left.
CLOSED = {"wsau": 741, "wwsau": 80, "wsrwsau": 90, "wsauwsau": 40, "wsaux": 4, "w": 10, "wsr": 5, "": 30}
CLOSED_LAST = CLOSED | {"wsau": 738, "ws": 3}
OPEN = {"wsau": 380, "wwsau": 30, "wsrwsau": 30, "w": 80, "ws": 60, "wsa": 30, "wsr": 30, "wsaux": 2, "": 350}
STATUSES = {
    Status.IN_PROGRESS: 40,
    Status.ONGOING: 20,
    Status.COMPLETED: 15,
    Status.NOT_STARTED: 10,
    Status.NOTHING_NEW: 10,
    Status.NOT_APPLICABLE: 5,
}
OF_THE_SECRETARIAT = (Verb.RETURN, Verb.ACCEPT, Verb.PUBLISH, Verb.WITHDRAW)
WITH_OBSTACLES, WITH_NEXT_STEPS, WITH_SOURCES = 0.3, 0.4, 0.5
WITH_EVIDENCE, PUBLIC_EVIDENCE, LINKS, WITH_QUESTION = 0.15, 0.7, 0.5, 0.04
TRANSLATED_AFTER, ASKED_AFTER, ANSWERED_AFTER = timedelta(days=2), timedelta(hours=2), timedelta(hours=26)


@dataclass
class _Version:
    pk: int
    number: int
    status: str
    parts: list[Text]  # narrative, obstacles, next steps
    sources: str
    created_at: datetime
    submitted_at: datetime | None = None
    published_at: datetime | None = None
    published_by: int | None = None
    unpublished_at: datetime | None = None
    translated: list[Text] = field(default_factory=list)


@dataclass
class _Told:
    """An update on its way."""

    pk: int
    assignment: Assignment
    author: User
    approver: User | None
    officers: list[User]
    until: datetime
    state: str = UpdateState.DRAFT
    changed_at: datetime | None = None
    versions: list[_Version] = field(default_factory=list)

    @property
    def public(self) -> _Version | None:
        return next((v for v in self.versions if v.published_at and not v.unpublished_at), None)


class Storyteller:
    def __init__(self, rows: Rows, texts: Texts, cast: Cast, chance: random.Random) -> None:
        self._rows, self._texts, self._cast, self._chance = rows, texts, cast, chance

    def tell(self, assignment: Assignment, story: str, since: datetime, until: datetime) -> None:
        """One update, from its first step to its last, between these two moments."""
        who = assignment.stakeholder_id
        told = _Told(
            self._rows.new_id(Update),
            assignment,
            self._cast.authors[who],
            self._cast.approvers.get(who),
            self._chance.sample(self._cast.officers, 2),
            until,
        )
        steps = story.replace("s", "ps") if told.approver else story
        for step, at in zip(steps, self._moments(len(steps), since, until), strict=True):
            if step == WRITE:
                self._write(told, at)
            else:
                self._move(told, STEPS[step], at)
            told.changed_at = at
        if any(version.submitted_at for version in told.versions) and self._chance.random() < WITH_QUESTION:
            self._ask(told)
        self._finish(told)

    def _moments(self, n: int, since: datetime, until: datetime) -> Iterator[datetime]:
        span = (until - since).total_seconds() - n
        for nth, share in enumerate(sorted(self._chance.random() for _n in range(n))):
            yield since + timedelta(seconds=int(span * share) + nth)

    def _write(self, told: _Told, at: datetime) -> None:
        chance, language = self._chance, told.author.language
        status = chance.choices(list(STATUSES), weights=list(STATUSES.values()))[0]
        parts = [
            NOTHING if status == Status.NOTHING_NEW else self._texts.draw(language, "narrative", chance),
            self._perhaps(WITH_OBSTACLES, language, "obstacles"),
            self._perhaps(WITH_NEXT_STEPS, language, "next_steps"),
        ]
        number = len(told.versions) + 1
        sources = f"GENERATED/{told.assignment.cycle.year}/{told.pk}" if chance.random() < WITH_SOURCES else ""
        version = _Version(self._rows.new_id(UpdateVersion), number, status, parts, sources, at)
        told.versions.append(version)
        told.state = UpdateState.DRAFT
        self._rows.note(at, told.author.pk, "update.saved", (Update, told.pk), version=number)
        if chance.random() < WITH_EVIDENCE:
            self._add_evidence(told, number, at)

    def _perhaps(self, share: float, language: str, part: str) -> Text:
        return self._texts.draw(language, part, self._chance) if self._chance.random() < share else NOTHING

    def _move(self, told: _Told, verb: Verb, at: datetime) -> None:
        version, reason = told.versions[-1], ""
        actor = told.author
        if verb == Verb.SUBMIT:
            actor, version.submitted_at = told.approver or told.author, at
        if verb in OF_THE_SECRETARIAT:
            actor = told.officers[verb == Verb.PUBLISH]
        if verb in (Verb.RETURN, Verb.WITHDRAW):
            reason = self._texts.draw(actor.language, "remark", self._chance).text
        public = told.public
        if public and verb in (Verb.PUBLISH, Verb.WITHDRAW):
            public.unpublished_at = at
        if verb == Verb.PUBLISH:
            version.published_at, version.published_by = at, actor.pk
        step = (self._rows.new_id(Transition), told.pk, verb.value, told.state, version.number, actor.pk, at, reason)
        self._rows.add(Transition, *step)
        deed: dict[str, Any] = {"version": version.number, "from_state": str(told.state)}
        self._rows.note(at, actor.pk, f"update.{verb.value}", (Update, told.pk), **deed)
        told.state = STATES_AFTER[verb]

    def _add_evidence(self, told: _Told, number: int, at: datetime) -> None:
        chance, pk = self._chance, self._rows.new_id(Evidence)
        kind = EvidenceKind.LINK if chance.random() < LINKS else EvidenceKind.SYMBOL
        visibility = Visibility.PUBLIC if chance.random() < PUBLIC_EVIDENCE else Visibility.REVIEW
        symbol = f"GENERATED/{told.assignment.cycle.year}/E{pk}"
        link = f"https://generated.example/{symbol}"
        what = (link, "") if kind == EvidenceKind.LINK else ("", symbol)
        about = (pk, told.pk, kind.value, what[0] or what[1], told.author.language, visibility.value, *what)
        author, no_file = told.author.pk, ("", "", "", 0, "", list[str]())
        self._rows.add(Evidence, *about, *no_file, author, at, number, None)
        facts: dict[str, Any] = {
            "version": number,
            "evidence": pk,
            "kind": kind.value,
            "visibility": visibility.value,
            "sha256": "",
        }
        self._rows.note(at, author, "evidence.added", (Update, told.pk), **facts)

    def _ask(self, told: _Told) -> None:
        """A question of the Secretariat and the answer to it."""
        submitted = next(v.submitted_at for v in told.versions if v.submitted_at)
        for person, after in ((told.officers[0], ASKED_AFTER), (told.author, ANSWERED_AFTER)):
            pk, at = self._rows.new_id(Comment), min(submitted + after, told.until)
            text = self._texts.draw(person.language, "remark", self._chance).text
            key = UUID(int=self._chance.getrandbits(128), version=4)
            self._rows.add(Comment, pk, told.pk, person.pk, person.is_officer, at, text, key)
            self._rows.note(at, person.pk, "update.commented", (Update, told.pk), comment=pk)

    def _finish(self, told: _Told) -> None:
        rows, language = self._rows, told.author.language
        last = told.versions[-1].number
        rows.add(Update, told.pk, told.assignment.pk, str(told.state), last, told.changed_at)
        for v in told.versions:
            texts = [part.text for part in v.parts]
            moments = (v.submitted_at, v.published_at, v.published_by, v.unpublished_at)
            first = (v.pk, told.pk, v.number, told.author.pk, False, v.created_at, language, str(v.status))
            rows.add(UpdateVersion, *first, *texts, v.sources, *moments)
            if v.published_at:
                self._translate(told, v)
        if (public := told.public) is not None and public.published_at is not None:
            self._index(told.assignment, public)

    def _translate(self, told: _Told, version: _Version) -> None:
        assert version.published_at is not None
        at = min(version.published_at + TRANSLATED_AFTER, told.until)
        for code in other_languages(told.author.language, self._chance):
            parts = [
                self._texts.draw(code, name, self._chance) if part.text else NOTHING
                for name, part in zip(("narrative", "obstacles", "next_steps"), version.parts, strict=True)
            ]
            version.translated += parts
            texts = [part.text for part in parts]
            state = self._chance.choice((TranslationState.SIGNED, TranslationState.DRAFT)).value
            pk = self._rows.new_id(UpdateTranslation)
            self._rows.add(UpdateTranslation, pk, version.pk, code, *texts, version.sources, state, None, at)
            facts: dict[str, Any] = {"language": code, "state": state}
            self._rows.note(at, None, "update.translated", (Update, told.pk), door="command", **facts)

    def _index(self, asked: Assignment, version: _Version) -> None:
        """What `progress.search.words_for` says, from words that were folded once for many texts."""
        words = frozenset().union(*(part.words for part in (*version.parts, *version.translated)))
        marks = {
            mark("status", version.status),
            mark("cycle", asked.cycle_id),
            mark("stakeholder", asked.stakeholder_id),
            mark("commitment", asked.commitment_id),
        }
        self._rows.add(
            PublishedWords, place_of(version), version.pk, " ".join(sorted(words | marks | words_of(version.sources)))
        )
