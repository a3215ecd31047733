"""Generated updates for benchmarks/report.py: invented stakeholders, words taken from the catalogue at random."""

import random
from datetime import UTC, datetime, timedelta

from commitments.models import Commitment
from progress.actions.tallying import count_again
from progress.generated.texts import vocabulary
from progress.models import Assignment, Cycle, CycleState, Status, Update, UpdateTranslation, UpdateVersion
from stakeholders.languages import CODES, LANGUAGES
from stakeholders.models import Stakeholder

OPENED = datetime(2026, 10, 1, 9, tzinfo=UTC)
SEED = 2018
WORDS_A_SENTENCE = (8, 18)


def generate(updates: int, words: int) -> Cycle:
    """One open cycle with this many published updates of about so many words, each translated into the other five."""
    chance = random.Random(SEED)  # noqa: S311 - the same texts every time
    commitments = list(Commitment.objects.current().with_owners())
    stakeholders = _stakeholders(-(-updates // len(commitments)))
    cycle = Cycle.for_quarter(2026, 4)
    cycle.state = CycleState.OPEN
    cycle.save()
    pairs = [(commitment, who) for who in stakeholders for commitment in commitments][:updates]
    assignments = Assignment.objects.bulk_create(
        (
            Assignment(
                cycle=cycle,
                commitment=commitment,
                stakeholder=who,
                kind="invited" if commitment.is_collective else "expected",
                asked_on=OPENED.date(),
            )
            for commitment, who in pairs
        ),
        batch_size=2_000,
    )
    _publish(assignments, words, chance)
    count_again(cycle)
    return cycle


def _stakeholders(n: int) -> list[Stakeholder]:
    names = {f"name_{language.column}": "" for language in LANGUAGES}
    rows = []
    for i in range(1, n + 1):
        invented = {column: f"Invented State {i:03} ({column[-2:]})" for column in names}
        rows.append(Stakeholder(code=f"invented-{i:03}", kind="member_state", is_demonstration=True, **invented))
    return Stakeholder.objects.bulk_create(rows)


def _publish(assignments: list[Assignment], words: int, chance: random.Random) -> None:
    words_of = vocabulary()
    later = OPENED + timedelta(days=20)
    updates = Update.objects.bulk_create(
        (Update(assignment=a, state="published", version=1, changed_at=later) for a in assignments), batch_size=2_000
    )
    statuses = [status for status in Status.values if status != Status.NOTHING_NEW]
    versions = UpdateVersion.objects.bulk_create(
        (
            UpdateVersion(
                update=update,
                number=1,
                created_at=OPENED,
                language=(own := CODES[n % len(CODES)]),
                status=chance.choice(statuses),
                narrative=text(words_of[own], own, words, chance),
                submitted_at=later,
                published_at=later,
            )
            for n, update in enumerate(updates)
        ),
        batch_size=1_000,
    )
    UpdateTranslation.objects.bulk_create(
        (
            UpdateTranslation(
                version=version,
                language=code,
                narrative=text(words_of[code], code, words, chance),
                state="signed",
                created_at=later,
            )
            for version in versions
            for code in CODES
            if code != version.language
        ),
        batch_size=1_000,
    )


def text(known: list[str], language: str, words: int, chance: random.Random) -> str:
    """Sentences of the language's words, with a document symbol and a figure in some."""
    if language == "zh-hans":  # a clause counts for about six words
        return "".join(f"{'，'.join(chance.choices(known, k=2))}。" for _n in range(max(1, words // 12)))
    sentences = []
    while words > 0:
        length = min(words, chance.randint(*WORDS_A_SENTENCE))
        sentence = " ".join(chance.choices(known, k=length)).capitalize()
        symbol = f" S/RES/{chance.randint(1000, 2999)} ({chance.randint(1990, 2026)})" if chance.random() < 0.1 else ""
        sentences.append(f"{sentence}{symbol}.")
        words -= length
    return " ".join(sentences)
