"""The registry comes from its data files."""

import pytest
from django.utils import translation

from progress.queries import stakeholders_by_owner_kind
from reports.queries import register, standing_of
from stakeholders.actions import load_registry
from stakeholders.collation import collation_key
from stakeholders.datafiles import read_rows
from stakeholders.languages import columns
from stakeholders.models import Capacity, Stakeholder, Standing
from stakeholders.registry import CAPACITY_COLUMNS, REGISTRY
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded() -> None:
    load_registry(folder=REGISTRY)


def test_there_are_193_member_states_with_codes_and_names_in_six_languages() -> None:
    states = list(Stakeholder.objects.of_kind("member_state"))
    assert len(states) == 193
    assert len({state.iso_alpha3 for state in states}) == len({state.m49 for state in states}) == 193
    assert all(getattr(state, column) for state in states for column in columns("name"))


def test_names_are_the_united_nations_own() -> None:
    wanted = {
        "state-tur": ("Türkiye", "تركيا", "Türkiye"),
        "state-civ": ("Côte d’Ivoire", "كوت ديفوار", "Côte d’Ivoire"),
        "state-swz": ("Eswatini", "إسواتيني", "Eswatini"),
        "state-cod": (
            "Democratic Republic of the Congo",
            "جمهورية الكونغو الديمقراطية",
            "République démocratique du Congo",
        ),
        "state-prk": (
            "Democratic People’s Republic of Korea",
            "جمهورية كوريا الشعبية الديمقراطية",
            "République populaire démocratique de Corée",
        ),
    }
    for code, names in wanted.items():
        state = Stakeholder.objects.get(code=code)
        assert (state.name_en, state.name_ar, state.name_fr) == names


def test_loading_again_changes_nothing() -> None:
    tally = load_registry(folder=REGISTRY)
    assert (tally.created, tally.changed) == (0, 0)


def test_an_endorsement_that_was_not_read_is_unknown_and_not_a_no() -> None:
    assert standing_of(Stakeholder.objects.get(code="state-pak"), NOON.date())[0] == Standing.HELD
    assert standing_of(Stakeholder.objects.get(code="state-fra"), NOON.date())[0] == Standing.UNKNOWN
    assert not Capacity.objects.filter(standing=Standing.NOT_HELD).exists()


def test_council_and_hosts_are_those_of_the_day() -> None:
    now = stakeholders_by_owner_kind(NOON.date())
    assert len(now["security_council"]) == 15
    mali = Stakeholder.objects.get(code="state-mli").pk
    assert mali not in now["hosts"]
    assert mali in stakeholders_by_owner_kind(NOON.date().replace(year=2020))["hosts"]


def test_every_capacity_names_its_source() -> None:
    rows = read_rows(REGISTRY / "capacities.csv", CAPACITY_COLUMNS)
    assert len(rows) > 40
    assert all(row["source"] for row in rows)


def test_lists_follow_the_alphabet_of_the_reader() -> None:
    assert collation_key("Égypte", "fr") < collation_key("Équateur", "fr") < collation_key("Estonie", "fr")
    assert collation_key("الأردن", "ar") < collation_key("بلجيكا", "ar")
    assert collation_key("阿富汗", "zh-hans") < collation_key("中国", "zh-hans")
    with translation.override("fr"):
        names = [s.name for s in register("fr", NOON.date(), {})[0][1]]
    assert names.index("Égypte") < names.index("Fidji")
