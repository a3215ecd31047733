"""Counting indicators from files of the Data Hub: both forms of dates, faults told by line, corrections on record."""

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from commitments.actions import load_measurements
from commitments.models import Indicator, Measurement, Reference
from stakeholders.datafiles import DataFileError
from stakeholders.models import DiaryEntry
from tests.factories import NOON

pytestmark = pytest.mark.django_db
PERSONNEL = """Contributing_Country,Female_Personnel,Male_Personnel,Last_Reporting_Date
Alpha,10,90,2024-11-30
Alpha,20,80,2024-12-31
Beta,0,100,2024-12-31
Alpha,30,70,2025-03-31
"""


@pytest.fixture(autouse=True)
def _catalogue() -> None:
    call_command("load_catalogue")


def values(uid: str) -> dict[int, Decimal]:
    return dict(Measurement.objects.standing().filter(indicator__uid=uid).values_list("year", "value"))


def test_the_last_month_of_each_year_counts(tmp_path: Path) -> None:
    file = tmp_path / "DPO-UCHISTORICAL.csv"
    file.write_text(PERSONNEL)
    assert str(load_measurements(path=file, dataset="DPO-UCHISTORICAL")) == "2 new, 0 changed, 0 as they were"
    assert values("women-in-uniform") == {2024: Decimal("10.00"), 2025: Decimal("30.00")}
    assert str(load_measurements(path=file, dataset="DPO-UCHISTORICAL")) == "0 new, 0 changed, 2 as they were"
    assert DiaryEntry.objects.filter(verb="measurements.loaded").count() == 1


def test_a_later_file_supersedes_and_the_earlier_figure_stays_on_record(tmp_path: Path) -> None:
    file = tmp_path / "contributions.csv"
    file.write_text(PERSONNEL)
    load_measurements(path=file, dataset="DPO-UCHISTORICAL", at=NOON)
    file.write_text(PERSONNEL.replace("Alpha,30,70", "Alpha,40,60"))
    later = NOON + timedelta(days=1)
    tried = load_measurements(path=file, dataset="DPO-UCHISTORICAL", dry_run=True, at=later)
    assert str(tried) == "0 new, 1 changed, 1 as they were"
    assert values("women-in-uniform")[2025] == 30
    load_measurements(path=file, dataset="DPO-UCHISTORICAL", at=later)
    assert values("women-in-uniform")[2025] == 40
    assert Measurement.objects.standing(NOON + timedelta(hours=1)).get(year=2025).value == 30


def test_the_hubs_json_has_milliseconds(tmp_path: Path) -> None:
    file = tmp_path / "fatalities.json"
    rows = [
        {"Incident_Date": -694_310_400_000, "Type_of_Incident": "Malicious Act"},  # 1948
        {"Incident_Date": 1_700_000_000_000, "Type_of_Incident": "MALICIOUS ACT"},  # 2023
        {"Incident_Date": 1_700_000_000_000, "Type_of_Incident": "Illness"},
    ]
    file.write_text(json.dumps(rows))
    load_measurements(path=file, dataset="DPPADPOSS-FATALITIES")
    found = values("deaths-by-malicious-acts")
    assert (found[1948], found[1949], found[2023]) == (1, 0, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PERSONNEL.replace("20,80", "x,80"), "line 3, column “female_personnel”, value “x”: must be a whole number."),
        (PERSONNEL.replace("2025-03-31", "spring"), "line 5, column “last_reporting_date”, value “spring”"),
        (PERSONNEL.replace("Male_Personnel", "Men"), "line 2: there is no column male_personnel."),
        (PERSONNEL.splitlines()[0], "holds no personnel at all."),
    ],
)
def test_a_fault_names_its_place_and_nothing_is_kept(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "contributions.csv"
    file.write_text(content)
    with pytest.raises(CommandError, match=said):
        call_command("load_measurements", str(file), "--dataset", "DPO-UCHISTORICAL")
    assert not Measurement.objects.exists()


def test_a_file_without_the_word_is_refused_with_what_it_has(tmp_path: Path) -> None:
    file = tmp_path / "fatalities.csv"
    file.write_text("incident_date,type_of_incident\n2024-01-01,Illness\n2024-02-01,Accident\n")
    with pytest.raises(DataFileError, match="it has: Accident, Illness"):
        load_measurements(path=file, dataset="DPPADPOSS-FATALITIES")


def test_the_catalogue_brings_definitions_and_a_crosswalk_but_no_figures() -> None:
    assert Indicator.objects.count() == 2
    assert Reference.objects.filter(item__frame__code="a4p-plus").count() == 16
    assert not Measurement.objects.exists()
