"""Pages for everyone are kept ready, each language apart, for nobody signed in, until something is published."""

import gzip
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.core.cache import caches
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from progress import actions
from progress.models import Verb
from stakeholders import freshness
from stakeholders.models import CapacityKind
from tests import factories
from tests.conftest import World, signed_in

ROOT = Path(__file__).resolve().parent.parent.parent
# Deeds that change nothing the public sees.
PRIVATE_DEEDS = {
    "account.closed",
    "account.signed_in",
    "assessment.replied",
    "assessment.saved",
    "assessment.shown",
    "cycle.reminded",
    "digests.unsubscribed",
    "evidence.refused",
    "invitation.accepted",
    "person.invited",
    "person.made_officer",
    "plan.changed",
    "preferences.changed",
    "report.document_retried",
    "stakeholder.approval",
    "update.accept",
    "update.commented",
    "update.propose",
    "update.return",
    "update.send_back",
    "update.submit",
    "update.passed_on",
    "update.saved",
    "updates.imported",
}


@pytest.fixture(autouse=True)
def _kept(settings: LazySettings) -> Iterator[None]:
    settings.PUBLIC_CACHE_SECONDS = 60
    for name in ("pages", "words"):
        caches[name].clear()
    yield
    for name in ("pages", "words"):
        caches[name].clear()


def pages(world: World) -> list[str]:
    uid = world.commitments["2.1"].uid
    return [
        "/en/",
        "/en/areas/test-a2/",
        "/en/commitments/",
        f"/en/commitments/{uid}/",
        f"/en/commitments/{uid}/history/",
        "/en/stakeholders/",
        "/en/stakeholders/state-alpha/",
        f"/en/cycles/{world.cycle.key}/",
        f"/en/cycles/{world.cycle.key}/figures/?kind=expected",
        "/en/reports/",
        "/en/method/",
        "/en/feed.atom",
        f"/en/commitments/{uid}/feed.atom",
        "/en/data/commitments.csv",
        "/en/?as_of=2026-11-10",
    ]


def test_the_second_reader_costs_no_query(
    world: World, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for page in pages(world):
        first = client.get(page)
        assert first.status_code == 200, page
        with django_assert_num_queries(0):
            second = Client().get(page)
        assert second.content == first.content
        assert second.headers["ETag"] == first.headers["ETag"]
        assert second.headers["Cache-Control"] == "public, no-cache"
        assert "Cookie" in second.headers["Vary"]
        assert second.headers["Content-Language"] == "en"
        assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_a_reader_who_has_the_page_gets_304(world: World, client: Client) -> None:
    etag = client.get("/en/").headers["ETag"]
    again = client.get("/en/", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/en/", headers={"if-none-match": '"another"'}).status_code == 200


def test_a_page_is_sent_squeezed_to_whoever_takes_it(world: World, client: Client) -> None:
    plain = client.get("/en/")
    squeezed = client.get("/en/", headers={"accept-encoding": "gzip, br"})
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.content) == plain.content
    assert len(squeezed.content) * 3 < len(plain.content)
    assert squeezed.headers["ETag"] != plain.headers["ETag"]
    assert {"Cookie", "Accept-Encoding"} <= set(plain.headers["Vary"].split(", "))
    assert "Content-Encoding" not in client.get("/en/", headers={"accept-encoding": "gzip;q=0"}).headers
    again = client.get("/en/", headers={"accept-encoding": "gzip", "if-none-match": squeezed.headers["ETag"]})
    assert again.status_code == 304


def test_each_language_has_its_own(world: World, client: Client) -> None:
    etags = {client.get(f"/{code}/method/").headers["ETag"] for code in ("ar", "zh-hans", "en", "fr", "ru", "es")}
    assert len(etags) == 6


def test_somebody_signed_in_neither_fills_nor_reads_it(world: World, client: Client) -> None:
    theirs = signed_in(world.alice).get("/en/")
    assert "Alice" in theirs.content.decode()
    assert theirs.headers["Cache-Control"] == "private, no-cache"
    assert "Alice" not in client.get("/en/").content.decode()
    assert "Alice" in signed_in(world.alice).get("/en/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_somebody_signed_in_gets_the_kept_words_in_a_frame_of_their_own(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    reader, page = signed_in(world.alice), f"/en/commitments/{world.commitments['2.1'].uid}/"
    with django_assert_max_num_queries(10 + 4):
        reader.get(page)
    with django_assert_max_num_queries(1 + 4):  # the cycles; the session, the person and their second factor
        again = reader.get(page).content.decode()
    assert "Alice" in again
    assert "Alice" not in signed_in(world.dana).get(page).content.decode()
    factories.published(world.task("2.1"), world.alice, world.dana, narrative="Fresh words.")
    assert "Fresh words." in reader.get(page).content.decode()


def test_an_address_with_foreign_parameters_is_answered_and_not_kept(world: World, client: Client) -> None:
    assert client.get("/en/?utm_source=mail").status_code == 200
    assert "ETag" not in client.get("/en/?utm_source=mail").headers


def test_what_one_reader_added_to_an_address_comes_back_to_nobody(world: World, client: Client) -> None:
    party = [factories.stakeholder(f"state-{n:02}", f"State {n}") for n in range(51)]
    cycle = factories.open_cycle(2027, 1)
    page = f"/en/cycles/{cycle.key}/figures/?kind=expected"
    assert len(party) == 51
    history = f"/en/commitments/{world.commitments['1.2'].uid}/"
    assert 'rel="next"' in signed_in(world.alice).get(page).content.decode()
    for address in (page, history):
        joined = "&" if "?" in address else "?"
        signed_in(world.alice).get(f"{address}{joined}page=1&from=canary")
        for reader in (signed_in(world.bob), client):
            assert "canary" not in reader.get(address).content.decode()


def test_kept_words_end_by_themselves(world: World) -> None:
    page = "/en/stakeholders/?capacity=host"
    reader = signed_in(world.alice)
    assert "0 stakeholders" in reader.get(page).content.decode()
    factories.capacity(world.beta, CapacityKind.HOST)  # entered behind the actions' back
    assert "0 stakeholders" in reader.get(page).content.decode()
    with time_machine.travel(factories.NOON + timedelta(minutes=3)):
        assert "1 stakeholder" in reader.get(page).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_shared_cache_that_is_away_stops_nothing(world: World, settings: LazySettings) -> None:
    redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    page = f"/en/commitments/{world.commitments['2.1'].uid}/"
    with override_settings(CACHES={**settings.CACHES, "pages": redis}):
        assert Client().get(page).status_code == 200
        factories.published(world.task("2.1"), world.alice, world.dana, narrative="Fresh words.")
        for reader in (Client(), signed_in(world.alice)):
            assert "Fresh words." in reader.get(page).content.decode()


@pytest.mark.django_db(transaction=True)
def test_publishing_and_withdrawing_empty_it(world: World, client: Client) -> None:
    page = f"/en/commitments/{world.commitments['2.1'].uid}/"
    assert "Fresh words." not in client.get(page).content.decode()
    update = factories.published(world.task("2.1"), world.alice, world.dana, narrative="Fresh words.")
    assert "Fresh words." in client.get(page).content.decode()
    actions.withdraw_update(update=update, officer=world.dana, reason="Wrong commitment.")
    assert "Fresh words." not in client.get(page).content.decode()


@pytest.mark.django_db(transaction=True)
def test_saving_a_draft_leaves_it_alone(world: World, client: Client) -> None:
    before = freshness.generation()
    factories.submitted(world.task("2.1"), world.alice)
    assert freshness.generation() == before


def test_every_deed_is_known_as_public_or_private() -> None:
    """A new verb of the diary fails here until somebody has said whether pages for everyone change with it."""
    verbs = set()
    for room in ("stakeholders", "commitments", "progress", "reports"):
        for path in (ROOT / room).rglob("*.py"):
            verbs |= set(re.findall(r'verb="([a-z_]+\.[a-z_]+)"', path.read_text(encoding="utf-8")))
    verbs |= {f"update.{step}" for step in Verb.values}
    assert len(verbs) > 30
    assert verbs - freshness.PUBLIC_DEEDS - PRIVATE_DEEDS == set()
    assert PRIVATE_DEEDS.isdisjoint(freshness.PUBLIC_DEEDS)


API = "/api/v1/commitments/"


def test_programs_get_kept_answers_in_their_language(
    world: World, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get(API)
    french = client.get(API, headers={"accept-language": "fr"})
    assert first.headers["RateLimit-Limit"]
    with django_assert_num_queries(0):
        again = client.get(API)
        assert client.get(API, headers={"accept-language": "fr-CA, fr;q=0.8"}).content == french.content
    assert again.content == first.content != french.content
    assert (again.headers["ETag"], again.headers["Content-Language"]) == (first.headers["ETag"], "en")
    assert "RateLimit-Limit" not in again.headers  # it costs nothing and is not counted
    assert {"Accept-Language", "Authorization", "Cookie"} <= set(again.headers["Vary"].split(", "))
    assert client.get(API, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    assert client.get(API, headers={"accept": "text/html"}).status_code == 406
    assert client.get(f"{API}?nonsense=1").status_code == 400


def test_programs_that_say_who_they_are_neither_fill_nor_read_it(world: World, client: Client) -> None:
    for stranger in (signed_in(world.alice), client):
        headers = {} if stranger is not client else {"authorization": "Basic bm9ib2R5"}
        assert "private" in stranger.get(API, headers=headers).headers["Cache-Control"]
    assert client.get(API).headers["RateLimit-Limit"]


@pytest.mark.django_db(transaction=True)
def test_publishing_and_withdrawing_reach_programs_at_once(world: World, client: Client) -> None:
    published = "/api/v1/publications/"
    assert client.get(published).json()["results"] == []
    update = factories.published(world.task("2.1"), world.alice, world.dana)
    assert len(client.get(published).json()["results"]) == 1
    actions.withdraw_update(update=update, officer=world.dana, reason="Wrong commitment.")
    assert client.get(published).json()["results"] == []
