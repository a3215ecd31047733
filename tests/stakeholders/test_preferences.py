"""A person settles how they are written to: language, time zone, digests."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from lxml import html

from stakeholders import actions, time_zones
from stakeholders.languages import CODES
from stakeholders.models import DiaryEntry, User
from tests.conftest import World

ADDRESS = "/en/account/preferences/"


def choose(client: Client, **changes: str) -> int:
    form = {"language": "fr", "time_zone": "UTC", "wants_digests": "on"} | changes
    return client.post(ADDRESS, {name: value for name, value in form.items() if value}).status_code


def test_they_are_saved_and_shown(world: World, as_alice: Client) -> None:
    assert choose(as_alice, language="es", time_zone="Africa/Dakar", wants_digests="") == 302
    world.alice.refresh_from_db()
    assert (world.alice.language, world.alice.time_zone, world.alice.wants_digests) == ("es", "Africa/Dakar", False)
    page = html.document_fromstring(as_alice.get(ADDRESS).content)
    assert page.xpath("//select[@name='time_zone']/option[@selected]/@value") == ["Africa/Dakar"]
    assert "You have unsubscribed from digests" in as_alice.get("/en/account/").content.decode()


def test_only_a_change_is_on_the_record(world: World, as_alice: Client) -> None:
    choose(as_alice)
    assert not DiaryEntry.objects.filter(verb="preferences.changed").exists()
    choose(as_alice, time_zone="Asia/Beirut")
    entry = DiaryEntry.objects.get(verb="preferences.changed")
    assert (entry.actor, entry.detail) == (world.alice, {"changed": {"time_zone": ["UTC", "Asia/Beirut"]}})


@pytest.mark.parametrize("wrong", [{"time_zone": "Mars/Olympus"}, {"time_zone": "../UTC"}, {"language": "de"}])
def test_what_does_not_exist_is_refused(world: World, as_alice: Client, wrong: dict[str, str]) -> None:
    assert choose(as_alice, **wrong) == 400
    chosen = {"language": "fr", "time_zone": "UTC", "wants_digests": True} | wrong
    with pytest.raises(ValidationError) as refused:
        actions.change_preferences(person=world.alice, **chosen)
    assert set(refused.value.message_dict) == set(wrong)
    assert User.objects.get(pk=world.alice.pk).time_zone == "UTC"


def test_one_needs_to_be_signed_in(client: Client, db: None) -> None:
    assert client.get(ADDRESS).status_code == 302


@pytest.mark.parametrize("language", CODES)
def test_cities_are_offered_in_the_readers_language(language: str) -> None:
    offered = time_zones.choices(language, also="UTC")
    assert len(offered) > 350
    assert len({city for _zone, city in offered}) == len(offered)
    for zone, _city in offered:
        time_zones.validate_time_zone(zone)
    cairo = {"ar": "القاهرة", "zh-hans": "开罗", "fr": "Le Caire", "ru": "Каир", "es": "El Cairo"}
    assert dict(offered)["Africa/Cairo"] == cairo.get(language, "Cairo")


def test_a_zone_that_is_in_use_is_offered_under_its_old_name_too() -> None:
    assert time_zones.choices("en", also="Asia/Calcutta")[0] == ("Asia/Calcutta", "Kolkata")


def test_the_clock_is_that_of_the_city(world: World) -> None:
    world.alice.time_zone = "Asia/Kathmandu"
    assert world.alice.clock(datetime(2026, 11, 10, 18, 30, tzinfo=UTC)).strftime("%d %H:%M") == "11 00:15"
