"""What went out is brought in over what has changed since, and goes out the same: every data set in every format."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from commitments.models import Area, Commitment, CommitmentOwner, Declaration
from progress import actions
from progress.models import Transition, Update, UpdateVersion
from stakeholders.models import Capacity, CapacityKind, Stakeholder
from tests import factories
from tests.conftest import World

FORMS = ("csv", "json", "xlsx")
AWKWARD_NAME = '\'=1+1; “two”, "three", وحدتان _x0041_ _xD83D_ 007\u2028🕊 <b>&amp;'
AWKWARD = f"{AWKWARD_NAME}\n\n-4\tunits"


def alter_catalogue() -> None:
    Declaration.objects.update(note_ar="", title_fr="Autre titre")
    Area.objects.filter(number=1).update(short_title_ru="Другое")
    Commitment.objects.filter(uid="test-c001").update(statement_en="Other words.", official_text_en="Official.")
    CommitmentOwner.objects.create(
        commitment=Commitment.objects.get(uid="test-c002"), kind="hosts", is_lead=False, position=1
    )


def alter_stakeholders() -> None:
    Stakeholder.objects.filter(code="state-alpha").update(name_zh_hans="其他", iso_alpha3="")
    Stakeholder.objects.filter(code="state-gamma").delete()


def alter_capacities() -> None:
    Capacity.objects.filter(stakeholder__code="state-alpha").update(source="Elsewhere", ends_on=None)
    Capacity.objects.filter(stakeholder__code="state-beta").delete()


def lose_updates() -> None:
    """As in a place where nothing has been written: a text that stands is never written over."""
    for model in (Transition, UpdateVersion, Update):
        model.objects.all().delete()


ALTER: dict[str, Callable[[], None]] = {
    "catalogue": alter_catalogue,
    "stakeholders": alter_stakeholders,
    "capacities": alter_capacities,
    "endorsements": alter_capacities,
    "updates": lose_updates,
}


@pytest.fixture
def filled(world: World) -> World:
    """Every data set has rows with every kind of column."""
    Stakeholder.objects.filter(code="state-alpha").update(iso_alpha3="ALP", m49="004", formal_name_en=AWKWARD_NAME)
    factories.stakeholder("state-gamma", "Gamma")
    factories.capacity(world.alpha, CapacityKind.ENDORSER)
    factories.capacity(world.beta, CapacityKind.ENDORSER)
    factories.capacity(world.beta, CapacityKind.HOST)
    Commitment.objects.filter(uid="test-c003").update(statement_ar=AWKWARD, sources="A/72/19")
    words = factories.content(narrative=AWKWARD, obstacles="=SUM(1)", sources="@somewhere")
    actions.save_draft(assignment=world.task("1.1"), author=world.alice, based_on=0, **words)
    factories.submitted(world.task("2.1"), world.alice, next_steps="+1\n\tand more")
    return world


def export(data_set: str, path: Path) -> Path:
    call_command("export_data", data_set, format=path.suffix[1:], out=path, stdout=StringIO())
    return path


def bring_in(data_set: str, path: Path) -> str:
    out, author = StringIO(), "alice@alpha.example" if data_set == "updates" else ""
    call_command("import_data", data_set, path, email=author, stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("data_set", ALTER)
def test_a_file_brings_back_what_it_was_made_of(filled: World, tmp_path: Path, data_set: str, form: str) -> None:
    first, altered, second = (tmp_path / f"{name}.{form}" for name in ("first", "altered", "second"))
    export(data_set, first)
    assert "0 created, 0 changed" in bring_in(data_set, first)

    ALTER[data_set]()
    assert export(data_set, altered).read_bytes() != first.read_bytes()
    assert "0 created, 0 changed" not in bring_in(data_set, first)

    assert export(data_set, second).read_bytes() == first.read_bytes()
    assert "0 created, 0 changed" in bring_in(data_set, second)


@pytest.mark.parametrize("form", FORMS)
def test_published_sources_come_into_another_place_and_go_out_the_same(world: World, tmp_path: Path, form: str) -> None:
    for code in ("1.1", "2.1"):
        words = factories.content(narrative=f"{code} {AWKWARD}", sources="A/72/19")
        actions.record_published_source(assignment=world.task(code), at=factories.NOON, **words)
    first = export("updates", tmp_path / f"first.{form}")
    lose_updates()
    out = StringIO()
    call_command("import_data", "updates", first, stdout=out)
    assert "2 created, 0 changed, 0 unchanged." in out.getvalue()
    assert export("updates", tmp_path / f"second.{form}").read_bytes() == first.read_bytes()
