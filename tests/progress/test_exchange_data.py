"""Data sets go out as files, are changed in a spreadsheet, looked at, and come in again: by command."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from progress.models import BulkImport
from stakeholders.actions import load_registry
from stakeholders.diary import first_break
from stakeholders.models import Capacity, DiaryEntry, Stakeholder
from stakeholders.registry import REGISTRY

pytestmark = pytest.mark.django_db

SETS = ("stakeholders", "capacities", "endorsements")
FORMS = ("csv", "json", "xlsx")


@pytest.fixture(autouse=True)
def _loaded() -> None:
    load_registry(folder=REGISTRY)


def export(data_set: str, path: Path) -> Path:
    call_command("export_data", data_set, format=path.suffix[1:], out=path, stdout=StringIO())
    return path


def bring_in(data_set: str, path: Path, **options: object) -> str:
    out = StringIO()
    call_command("import_data", data_set, path, stdout=out, stderr=out, **options)
    return out.getvalue()


def change(path: Path, before: str, after: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert before in content
    path.write_text(content.replace(before, after, 1), encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("data_set", SETS)
def test_what_goes_out_comes_in_unchanged_and_goes_out_the_same(tmp_path: Path, data_set: str, form: str) -> None:
    first = export(data_set, tmp_path / f"first.{form}")
    assert "0 created, 0 changed" in bring_in(data_set, first)
    assert first.read_bytes() == export(data_set, tmp_path / f"second.{form}").read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_registry_is_filled_from_its_own_files(tmp_path: Path, form: str) -> None:
    files = {data_set: export(data_set, tmp_path / f"{data_set}.{form}") for data_set in SETS[:2]}
    Capacity.objects.all().delete()
    Stakeholder.objects.all().delete()
    for data_set, path in files.items():
        assert "0 changed, 0 unchanged" in bring_in(data_set, path)
        assert path.read_bytes() == export(data_set, tmp_path / f"again.{form}").read_bytes()


def test_a_dry_run_tells_what_the_real_run_then_does(tmp_path: Path) -> None:
    path = export("stakeholders", tmp_path / "states.csv")
    change(path, "Côte d’Ivoire", "Cote d’Ivoire")
    told = bring_in("stakeholders", path, dry_run=True)
    assert "name_en: “Côte d’Ivoire” -> “Cote d’Ivoire”" in told
    assert "0 created, 1 changed, 215 unchanged (nothing was written)." in told
    assert Stakeholder.objects.get(code="state-civ").name_en == "Côte d’Ivoire"
    assert "0 created, 1 changed, 215 unchanged." in bring_in("stakeholders", path)
    assert Stakeholder.objects.get(code="state-civ").name_en == "Cote d’Ivoire"
    line = DiaryEntry.objects.first()
    assert line is not None
    assert (line.verb, line.detail["data_set"], line.detail["changed"]) == ("registry.loaded", "stakeholders", 1)
    assert line.subject_id == str(BulkImport.objects.get().pk)
    assert first_break() is None


def test_one_bad_row_refuses_all_and_is_named(tmp_path: Path) -> None:
    path = export("stakeholders", tmp_path / "states.csv")
    change(path, "Côte d’Ivoire", "Cote d’Ivoire")
    change(path, "org-oif,organization", "org-oif,club")
    out = StringIO()
    with pytest.raises(CommandError, match="1 refused; nothing was changed"):
        call_command("import_data", "stakeholders", path, stdout=out, stderr=out)
    assert (
        "column “kind”, value “club”: allowed are member_state, mission, organization, secretariat." in out.getvalue()
    )
    assert Stakeholder.objects.get(code="state-civ").name_en == "Côte d’Ivoire"


def test_states_are_found_by_their_codes_and_never_by_name(tmp_path: Path) -> None:
    path = export("endorsements", tmp_path / "endorsements.csv")
    header = next(csv.reader(path.open(encoding="utf-8-sig")))
    rows = [
        ["FRA", "held", "2018-09-25", "", "A letter", "", "read"],
        ["4", "held", "2018-09-25", "", "A letter", "", "read"],
        ["Japan", "held", "2018-09-25", "", "A letter", "", "read"],
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([header, *rows])
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_data", "endorsements", path, stdout=out, stderr=out)
    assert "row 4, column “stakeholder”, value “Japan”: is not in the registry of stakeholders." in out.getvalue()
    assert "row 2" not in out.getvalue()
    with path.open("w", encoding="utf-16", newline="") as stream:
        csv.writer(stream, delimiter="\t").writerows([header, *rows[:2]])
    assert "2 created" in bring_in("endorsements", path)
    assert Capacity.objects.filter(kind="endorser", stakeholder__iso_alpha3__in=["FRA", "AFG"]).count() == 2


def test_nobodys_words_begin_a_formula_and_none_is_lost(tmp_path: Path) -> None:
    texts = ["=1+1", "'=1+1", "-5", "@home", "'quoted'"]
    for code, text in zip(["state-fra", "state-gbr", "state-chn", "state-rus", "state-usa"], texts, strict=True):
        Stakeholder.objects.filter(code=code).update(formal_name_en=text)
    path = export("stakeholders", tmp_path / "states.csv")
    cells = {row["code"]: row["formal_name_en"] for row in csv.DictReader(path.open(encoding="utf-8-sig"))}
    assert (cells["state-fra"], cells["state-gbr"], cells["state-usa"]) == ("'=1+1", "''=1+1", "'quoted'")
    assert "0 created, 0 changed" in bring_in("stakeholders", path)
    sheet = load_workbook(export("stakeholders", tmp_path / "states.xlsx"))["stakeholders"]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_columns_may_stand_in_any_order_and_none_may_be_missing(tmp_path: Path) -> None:
    path = export("endorsements", tmp_path / "endorsements.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    content["rows"] = [dict(reversed(row.items())) for row in content["rows"]]
    path.write_text(json.dumps(content), encoding="utf-8")
    assert "0 created, 0 changed" in bring_in("endorsements", path)
    del content["rows"][0]["source"]
    path.write_text(json.dumps(content), encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_data", "endorsements", path, stdout=out, stderr=out)
    assert "lacks the columns source" in out.getvalue()


def test_characters_are_read_as_spreadsheets_write_them(tmp_path: Path) -> None:
    path = export("endorsements", tmp_path / "endorsements.xlsx")
    book = load_workbook(path)
    sheet = book["endorsements"]
    for cell, value in zip(
        sheet[2], ("FRA", "held", "2018-09-25", "", "Lettre_x00E9_ _xD83D_", "", "read"), strict=True
    ):
        cell.value = value
    book.save(path)
    bring_in("endorsements", path)
    assert Capacity.objects.get(kind="endorser", stakeholder__iso_alpha3="FRA").source == "Lettreé _xD83D_"


def test_half_a_character_is_a_fault_of_the_file(tmp_path: Path) -> None:
    path = export("endorsements", tmp_path / "endorsements.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    content["rows"].append(dict.fromkeys(content["rows"][0], "A letter \ud83d"))
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(CommandError, match="1 refused; nothing was changed"):
        bring_in("endorsements", path)
