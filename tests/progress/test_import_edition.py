"""The official list of commitments comes in as a new edition that says what it takes up from the old one."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from commitments.actions import load_catalogue
from commitments.catalogue import CATALOGUE, EDITION
from commitments.models import Commitment, CommitmentOwner, Declaration, Succession
from tests import factories
from tests.conftest import World


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, CATALOGUE.column_names)
        writer.writeheader()
        writer.writerows(dict.fromkeys(CATALOGUE.column_names, "") | row for row in rows)
    return path


def official(**changes: str) -> list[dict[str, str]]:
    edition = {"level": "edition", "uid": "official", "is_current": "true", "endorsed_on": "2018-09-25"}
    area = {"level": "area", "uid": "off-a1", "parent": "official", "number": "1", "slug": "politics"}
    commitment = {
        "level": "commitment",
        "uid": "off-c1",
        "parent": "off-a1",
        "number": "1",
        "code": "1",
        "lead": "collective",
        "provenance": "official",
        "replaces": "test-c002;test-c001",
        "title_en": "The first",
        "statement_en": "We promise the first.",
        "official_text_ar": "نص رسمي",
    }
    return [
        edition | {"title_en": "Declaration", "edition_en": "Official list"},
        area | {"title_en": "Politics", "short_title_en": "Politics"},
        commitment | changes,
    ]


def bring_in(path: Path) -> str:
    out = StringIO()
    call_command("import_data", "catalogue", path, stdout=out, stderr=out)
    return out.getvalue()


def refused(path: Path) -> str:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_data", "catalogue", path, stdout=out, stderr=out)
    return out.getvalue()


def test_it_becomes_current_and_updates_stay_with_what_they_answered(world: World, tmp_path: Path) -> None:
    update = factories.published(world.task("1.1"), world.alice, world.dana)
    assert "3 created" in bring_in(write(tmp_path / "official.csv", official()))
    assert Declaration.objects.get(is_current=True).code == "official"
    assert [one.uid for one in Commitment.objects.current()] == ["off-c1"]
    mapping = Succession.objects.order_by("earlier__uid").values_list("earlier__uid", "later__uid")
    assert list(mapping) == [("test-c001", "off-c1"), ("test-c002", "off-c1")]
    update.refresh_from_db()
    assert update.assignment.commitment.uid == "test-c001"
    assert "0 created, 0 changed, 3 unchanged" in bring_in(write(tmp_path / "official.csv", official()))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"uid": "test-c001"}, "column “uid”, value “test-c001”: belongs to another edition"),
        ({"replaces": "nothing"}, "column “replaces”, value “nothing”: “nothing” is no commitment of another edition"),
        ({"parent": "off-a9"}, "column “parent”, value “off-a9”: is no area of the catalogue"),
        ({"lead": ""}, "column “lead”, value “”: must not be empty"),
        ({"slug": "x"}, "column “slug”, value “x”: stays empty in rows of this level"),
    ],
)
def test_a_fault_refuses_the_whole_edition(world: World, tmp_path: Path, changes: dict[str, str], fault: str) -> None:
    assert f"row 4, {fault}" in refused(write(tmp_path / "official.csv", official(**changes)))
    assert Declaration.objects.get().code == "test-edition"


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_the_shipped_edition_goes_out_and_comes_into_an_empty_catalogue(tmp_path: Path, form: str) -> None:
    load_catalogue(folder=EDITION)
    first, second = tmp_path / f"first.{form}", tmp_path / f"second.{form}"
    call_command("export_data", "catalogue", format=form, out=first, stdout=StringIO())
    assert "0 created, 0 changed, 54 unchanged" in bring_in(first)
    for model in (CommitmentOwner, Commitment):
        model.objects.all().delete()
    assert "45 created, 0 changed, 9 unchanged" in bring_in(first)
    call_command("export_data", "catalogue", format=form, out=second, stdout=StringIO())
    assert first.read_bytes() == second.read_bytes()
