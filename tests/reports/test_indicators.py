"""What stands beside a promise on its page: other frames, and numbers with their source."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from commitments.actions import load_measurements
from tests.conftest import text
from tests.factories import NOON

pytestmark = pytest.mark.django_db
FATALITIES = "incident_date,type_of_incident\n2023-01-01,Malicious Act\n2024-02-01,Malicious Act\n2024-03-01,Accident\n"


@pytest.fixture(autouse=True)
def _catalogue() -> None:
    call_command("load_catalogue")


def test_an_indicator_without_figures_says_so_and_names_its_source(client: Client) -> None:
    page = text(client, "/en/commitments/a4p2018-c017/")
    assert "Peacekeepers killed by malicious acts" in page
    assert "No figures have been imported yet." in page
    assert "https://psdata.un.org/metadata/DPPADPOSS-FATALITIES" in page
    assert "Peacekeepers killed" not in text(client, "/en/commitments/a4p2018-c001/")


def test_figures_are_a_table_with_their_file_and_can_be_taken_along(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "DPPADPOSS-FATALITIES.csv"
    file.write_text(FATALITIES)
    load_measurements(path=file, dataset="DPPADPOSS-FATALITIES", at=NOON)
    page = text(client, "/en/commitments/a4p2018-c017/")
    assert '<th scope="row">2024</th><td class="num">1</td>' in page
    assert "Counted from the file DPPADPOSS-FATALITIES.csv, imported on 10 November 2026." in page
    rows = client.get("/en/data/measurements.json?commitment=a4p2018-c017").json()["rows"]
    assert [(row["year"], row["value"]) for row in rows] == [(2023, 1.0), (2024, 1.0)]
    with time_machine.travel(NOON + timedelta(days=2)):
        assert "No figures have been imported yet." in text(client, "/en/commitments/a4p2018-c017/?as_of=2026-11-09")


def test_other_frames_are_named_with_what_is_to_be_checked(client: Client) -> None:
    for page in ("/en/areas/a4p2018-a4/", "/en/commitments/a4p2018-c017/"):
        told = text(client, page)
        assert "Accountability to peacekeepers" in told
        assert "to be checked" in told
        assert "The comparison with other frames is ours" in told
    assert "المساءلة أمام حفظة السلام" in text(client, "/ar/areas/a4p2018-a4/")
