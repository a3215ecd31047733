"""An administrator fills an empty database to try an installation at full size."""

from io import StringIO
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from progress import actions
from progress.models import Assignment, Cycle, CycleState, UpdateVersion
from reports.actions import compile_at_closing
from reports.models import Document, Report
from stakeholders.models import Stakeholder, User
from tests import factories
from tests.conftest import text

SMALL = {"states": 12, "others": 6}


def generate(*, cycles: int = 1, **options: Any) -> str:
    said = StringIO()
    call_command("generate_load", cycles=cycles, stdout=said, **(SMALL | options))
    return said.getvalue()


@pytest.fixture
def demonstration(settings: LazySettings, db: None) -> None:
    settings.DEMONSTRATION = True


def test_it_fills_an_empty_database(demonstration: None, client: Client) -> None:
    said = generate(cycles=2)
    assert "18 stakeholders" in said
    assert [(cycle.key, cycle.state) for cycle in Cycle.objects.newest_first()] == [
        ("2026-q4", CycleState.OPEN),
        ("2026-q3", CycleState.CLOSED),
        ("2026-q2", CycleState.CLOSED),
    ]
    for cycle in Cycle.objects.all():
        asked = Assignment.objects.filter(cycle=cycle)
        share = asked.filter(update__isnull=False).count() / asked.count()
        assert (0.5 < share < 0.8) if cycle.state == CycleState.OPEN else share > 0.9
    assert set(UpdateVersion.objects.values_list("language", flat=True)) >= {"ar", "zh-hans", "fr"}
    assert "Generated State 001" in text(client, "/en/stakeholders/")
    _require_recognisable()


def _require_recognisable() -> None:
    """Nobody takes it for what a State has said."""
    assert not Stakeholder.objects.filter(is_demonstration=False).exists()
    assert all("Generated" in who.name_en for who in Stakeholder.objects.all())
    assert all(person.is_demonstration and person.email.endswith("@generated.example") for person in User.objects.all())
    assert not any(person.has_usable_password() for person in User.objects.all())


def test_everything_kept_beside_the_rows_agrees_and_the_clock_has_nothing_to_catch_up_on(demonstration: None) -> None:
    generate()
    call_command("verify_tallies")
    call_command("index_updates", verify=True)
    call_command("verify_diary")
    assert actions.turn_cycles() == []
    assert compile_at_closing() == []
    assert actions.remind_by_plan() == 0
    asked = Assignment.objects.filter(cycle__state=CycleState.CLOSED).values("stakeholder").distinct().count()
    assert Report.objects.count() == 1 + 8 + asked, "the review, each area and the dossier of each stakeholder"
    assert not Document.objects.unfinished().exists()


def test_the_same_numbers_give_the_same_texts(demonstration: None) -> None:
    def told(seed: int) -> list[tuple[Any, ...]]:
        with transaction.atomic():
            generate(seed=seed)
            asked = ("update__assignment__stakeholder__code", "update__assignment__commitment__uid")
            moment = ("update__assignment__cycle__year", "update__assignment__cycle__quarter")
            rows = UpdateVersion.objects.order_by(*moment, *asked, "number")
            found = list(rows.values_list(*asked, "status", "narrative", "created_at", "published_at"))
            transaction.set_rollback(True)
        return found

    first = told(7)
    assert len({narrative for _who, _what, _status, narrative, *_moments in first}) > 50
    assert told(7) == first
    assert told(8) != first


def test_it_refuses_a_database_that_is_in_use(demonstration: None) -> None:
    factories.stakeholder("somebody")
    with pytest.raises(CommandError, match="in use"):
        generate()
    assert Stakeholder.objects.count() == 1


def test_it_refuses_in_production_unless_told(db: None) -> None:
    with pytest.raises(CommandError, match="--in-production"):
        generate()
    assert "stakeholders" in generate(in_production=True)
