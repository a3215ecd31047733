"""Any page and figure of an earlier cycle or day, by its address."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from progress import actions
from progress.models import Update
from tests import factories
from tests.conftest import World, text

BEFORE, ON_THE_DAY = "?as_of=2026-11-09", "?as_of=2026-11-10"


@pytest.fixture
def update(world: World) -> Update:
    return factories.published(world.task("2.1"), world.alice, world.dana, narrative="Words of the tenth.")


def commitment(world: World) -> str:
    return f"/en/commitments/{world.commitments['2.1'].uid}/"


def test_the_day_before_nothing_had_been_said(world: World, update: Update, client: Client) -> None:
    with time_machine.travel(factories.NOON + timedelta(days=3)):
        page = text(client, commitment(world) + BEFORE)
        assert "This page shows what was public at the end of 9 November 2026." in page
        assert "Words of the tenth." not in page
        assert "0 of 1" in text(client, "/en/areas/test-a2/" + BEFORE)
        assert "Words of the tenth." in text(client, commitment(world) + ON_THE_DAY)
        assert "1 of 1" in text(client, "/en/areas/test-a2/" + ON_THE_DAY)


def test_a_later_correction_does_not_change_the_earlier_page(world: World, update: Update, client: Client) -> None:
    later = factories.NOON + timedelta(days=2)
    words = factories.content(narrative="Words of the twelfth.", status="completed")
    actions.submit_update(assignment=update.assignment, author=world.alice, based_on=1, at=later, **words)
    update.refresh_from_db()
    actions.accept_update(update=update, officer=world.dana, based_on=2, at=later)
    actions.publish_update(update=update, officer=world.dana, based_on=2, at=later)
    with time_machine.travel(later + timedelta(days=1)):
        assert "Words of the tenth." in text(client, commitment(world) + "?as_of=2026-11-11")
        assert "Words of the twelfth." in text(client, commitment(world) + "?as_of=2026-11-12")
        now = text(client, commitment(world))
        assert "Words of the twelfth." in now
        assert "Words of the tenth." not in now


def test_what_was_withdrawn_since_shows_its_words_on_no_earlier_day(
    world: World, update: Update, client: Client
) -> None:
    later = factories.NOON + timedelta(days=2)
    actions.withdraw_update(update=update, officer=world.dana, reason="A name.", at=later)
    version = update.versions.get()
    with time_machine.travel(later + timedelta(days=1)):
        assert "1 of 1" in text(client, "/en/areas/test-a2/" + ON_THE_DAY), "it is counted as it was"
        for page in ("/en/", commitment(world), commitment(world) + "history/", "/en/stakeholders/state-alpha/"):
            told = text(client, page + ON_THE_DAY)
            assert "Words of the tenth." not in told
            assert f"/versions/{version.pk}/" not in told
        assert "Withdrawn since" in text(client, commitment(world) + "history/" + ON_THE_DAY)
        assert "Withdrawn on 12 November 2026" in text(client, commitment(world) + "history/")
        for table in (f"commitment={world.commitments['2.1'].uid}", "stakeholder=state-alpha"):
            rows = client.get(f"/en/data/updates.json?{table}&as_of=2026-11-10").json()["rows"]
            assert rows == []


def test_a_withdrawn_assessment_is_on_no_earlier_day_and_a_replaced_one_is(world: World, client: Client) -> None:
    assessment = factories.assessed(world.task("2.1"), world.dana)
    page = commitment(world)
    after = factories.NOON + timedelta(days=20)
    actions.publish_assessment(assessment=assessment, officer=world.omar, based_on=1, at=after)
    with time_machine.travel(after + timedelta(days=9)):
        reason = assessment.versions.get().reason
        assert reason in text(client, f"{page}?as_of={after.date() + timedelta(days=1)}")
        actions.withdraw_assessment(
            assessment=assessment, officer=world.dana, reason="Wrong.", at=after + timedelta(days=5)
        )
        assert reason not in text(client, f"{page}?as_of={after.date() + timedelta(days=1)}")


def test_an_earlier_page_of_the_history_does_not_tell_what_came_later(
    world: World, update: Update, client: Client
) -> None:
    later = factories.NOON + timedelta(days=2)
    words = factories.content(narrative="Words of the twelfth.")
    actions.submit_update(assignment=update.assignment, author=world.alice, based_on=1, at=later, **words)
    update.refresh_from_db()
    actions.accept_update(update=update, officer=world.dana, based_on=2, at=later)
    actions.publish_update(update=update, officer=world.dana, based_on=2, at=later)
    with time_machine.travel(later + timedelta(days=1)):
        assert "replaced on" not in text(client, commitment(world) + "history/" + ON_THE_DAY)
        assert "replaced on 12 November 2026" in text(client, commitment(world) + "history/")


def test_links_on_such_a_page_keep_the_day(world: World, update: Update, client: Client) -> None:
    home = text(client, "/en/" + ON_THE_DAY)
    assert 'href="/en/areas/test-a2/?as_of=2026-11-10"' in home
    assert f"/en/cycles/{world.cycle.key}/figures/?area=test-a2&amp;kind=expected&amp;as_of=2026-11-10" in home
    figures = text(client, f"/en/cycles/{world.cycle.key}/figures/?kind=expected&status=in_progress&as_of=2026-11-10")
    assert "1 assignment" in figures
    before = text(client, f"/en/cycles/{world.cycle.key}/figures/?kind=expected&status=in_progress&as_of=2026-11-09")
    assert "0 assignments" in before
    assert '<meta name="robots" content="noindex">' in home


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-31", "There is no such date: “31 11 2026”. Give day, month and year, as 1 October 2026."),
        ("yesterday", "There is no such date: “yesterday”. Give day, month and year, as 1 October 2026."),
        ("2031-01-01", "1 January 2031 lies in the future. Choose today or an earlier day."),
        ("2017-01-01", "1 January 2017 lies before the Declaration"),
        ("2026-01-01&cycle=2026-q4", "Fourth quarter of 2026 had not begun on 1 January 2026."),
    ],
)
def test_a_day_that_makes_no_sense_is_explained(world: World, client: Client, day: str, said: str) -> None:
    page = text(client, f"/en/?as_of={day}", status=400)
    assert said in page
    assert 'id="error-summary"' in page


def test_the_day_is_chosen_in_a_form_that_leads_back(world: World, update: Update, client: Client) -> None:
    path = "/en/areas/test-a2/"
    assert f"/en/reading/?page={path}" in text(client, path)
    form = text(client, f"/en/reading/?page={path}")
    assert 'name="as_of_day"' in form
    chosen = "as_of_day=10&as_of_month=11&as_of_year=2026&cycle=2026-q4"
    assert client.get(f"/en/reading/?page={path}&{chosen}").headers["Location"] == (
        f"{path}?cycle=2026-q4&as_of=2026-11-10"
    )
    empty = "as_of_day=&as_of_month=&as_of_year=&cycle="
    assert client.get(f"/en/reading/?page={path}&{empty}").headers["Location"] == path
    wrong = text(client, f"/en/reading/?page={path}&as_of_day=31&as_of_month=2&as_of_year=2026&cycle=", status=400)
    assert '<option value="31" selected>' in wrong


def test_the_form_follows_into_another_language(world: World, client: Client) -> None:
    assert client.get("/fr/reading/?page=/en/areas/test-a2/&cycle=2026-q4").headers["Location"] == (
        "/fr/areas/test-a2/?cycle=2026-q4"
    )


@pytest.mark.parametrize("page", ["", "https://elsewhere.example/", "//elsewhere.example/", "/en/desk/", "/en/login/"])
def test_the_form_leads_nowhere_else(world: World, client: Client, page: str) -> None:
    text(client, f"/en/reading/?page={page}&cycle=", status=404)


def test_before_the_first_cycle_the_catalogue_is_there_without_figures(world: World, client: Client) -> None:
    home = text(client, "/en/?as_of=2019-01-01")
    assert "No review cycle has begun" in home
    assert "Commitment 2.1" in text(client, "/en/commitments/?as_of=2019-01-01")
    assert "Commitment 2.1" in text(client, "/en/areas/test-a2/?as_of=2019-01-01")
    assert "Statement 2.1" in text(client, commitment(world) + "?as_of=2019-01-01")
