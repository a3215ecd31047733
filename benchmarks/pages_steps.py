"""Steps of `benchmarks.pages`, each in a process of its own that answers in JSON on its last line."""

import json
import os
import random
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.pages_settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django first
from django.db import transaction  # noqa: E402 - as above
from django.urls import reverse  # noqa: E402 - as above
from django.utils import translation  # noqa: E402 - as above

from benchmarks.report_data import text  # noqa: E402 - as above
from commitments.models import Commitment  # noqa: E402 - as above
from progress.actions.tallying import count_again  # noqa: E402 - as above
from progress.generated.texts import vocabulary  # noqa: E402 - as above
from progress.models import Assignment, Cycle, CycleState, Status, Update, UpdateVersion  # noqa: E402 - as above
from stakeholders.languages import CODES  # noqa: E402 - as above
from stakeholders.models import Stakeholder, StakeholderKind  # noqa: E402 - as above

LAST_YEAR, CYCLES, WORDS = 2026, 8, 60
STATUSES = [status for status in Status.values if status != Status.NOTHING_NEW]


def seed() -> dict[str, str]:
    """The real catalogue and register; every Member State answers on every commitment in eight cycles.

    Returns the addresses of one page of each kind. The texts are words of the catalogue in random order.
    """
    for command in ("migrate", "load_catalogue", "load_registry"):
        call_command(command, verbosity=0)
    chance = random.Random(45)  # noqa: S311 - the same data in every run
    states = list(Stakeholder.objects.of_kind(StakeholderKind.MEMBER_STATE))
    commitments = list(Commitment.objects.current().with_owners())
    words = vocabulary()
    for n in range(CYCLES):
        year, quarter = LAST_YEAR - (CYCLES - 1 - n) // 4, n % 4 + 1
        cycle = Cycle.for_quarter(year, quarter)
        cycle.state = CycleState.OPEN if n == CYCLES - 1 else CycleState.CLOSED
        with transaction.atomic():
            cycle.save()
            _answer(cycle, states, commitments, words, chance)
            count_again(cycle)
    return addresses(cycle)


def _answer(
    cycle: Cycle, states: list[Stakeholder], commitments: list[Commitment], words: dict[str, list[str]], chance: Any
) -> None:
    asked = [
        Assignment(
            cycle=cycle,
            commitment=one,
            stakeholder=who,
            kind="invited" if one.is_collective else "expected",
            asked_on=cycle.opens_on,
        )
        for one in commitments
        for who in states
    ]
    Assignment.objects.bulk_create(asked, batch_size=2_000)
    at = _noon(cycle.opens_on) + timedelta(days=20)
    updates = [Update(assignment=one, state="published", version=1, changed_at=at) for one in asked]
    Update.objects.bulk_create(updates, batch_size=2_000)
    texts = {code: [text(words[code], code, WORDS, chance) for _n in range(200)] for code in CODES}
    versions = (
        UpdateVersion(
            update=update,
            number=1,
            created_at=at,
            language=(code := CODES[n % len(CODES)]),
            status=chance.choice(STATUSES),
            narrative=chance.choice(texts[code]),
            submitted_at=at,
            published_at=at + timedelta(seconds=n),
        )
        for n, update in enumerate(updates)
    )
    UpdateVersion.objects.bulk_create(versions, batch_size=2_000)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def addresses(cycle: Cycle) -> dict[str, str]:
    commitment = Commitment.objects.current().filter(owners__kind="collective", owners__is_lead=True).first()
    version = UpdateVersion.objects.published().order_by("pk").last()
    assert commitment is not None and version is not None
    pages: dict[str, list[Any]] = {
        "home": [],
        "cycle": [cycle.key],
        "area": [commitment.area.uid],
        "commitments": [],
        "commitment": [commitment.uid],
        "commitment_history": [commitment.uid],
        "stakeholders": [],
        "stakeholder": [version.update.assignment.stakeholder.code],
        "version": [version.pk],
        "cycle_figures": [cycle.key],
        "method": [],
        "report_library": [],
    }
    with translation.override("en"):
        return {name: reverse(name, args=arguments) for name, arguments in pages.items()}


if __name__ == "__main__":
    print(json.dumps({"seed": seed}[sys.argv[1]]()))  # noqa: T201 - the answer of the step
