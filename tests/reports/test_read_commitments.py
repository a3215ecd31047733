"""Finding a commitment: the matrix of the overview, the list with its filters, a page of many answers, its history."""

from datetime import timedelta

import pytest
from django.test import Client
from lxml import html

from progress import actions
from stakeholders.models import AppointmentRole
from tests import factories
from tests.conftest import World, text


def test_every_number_of_the_matrix_leads_to_as_many_commitments(world: World, client: Client) -> None:
    page = html.document_fromstring(client.get("/en/").content)
    links = page.xpath("//table[contains(@class, 'matrix')]//a[contains(@href, '/commitments/')]")
    assert len(links) >= 8
    for link in links:
        listed = html.document_fromstring(client.get(link.get("href")).content)
        assert len(listed.xpath("//main//table/tbody/tr")) == int(link.text_content()), link.get("href")


def test_the_matrix_of_a_cycle_leads_to_that_cycle(world: World, client: Client) -> None:
    factories.open_cycle(2027, 1, at=factories.NOON + timedelta(days=60))
    page = html.document_fromstring(client.get(f"/en/cycles/{world.cycle.key}/").content)
    links = page.xpath("//table[contains(@class, 'matrix')]//a/@href")
    assert len(links) >= 10
    assert all(world.cycle.key in link for link in links)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["1.1", "1.2", "2.1", "2.2"]),
        ("?area=test-a2", ["2.1", "2.2"]),
        ("?owner=secretariat", ["2.2"]),
        ("?party=contributors&area=test-a2", ["2.1"]),
        ("?provenance=memory", []),
    ],
)
def test_filters_are_in_the_address_and_the_count_is_announced(
    world: World, client: Client, query: str, codes: list[str]
) -> None:
    page = html.document_fromstring(client.get(f"/en/commitments/{query}").content)
    assert [bdi.text for bdi in page.xpath("//main//table/tbody//bdi[@class='code']")] == codes
    told = page.xpath("//p[@role='status']")[0].text_content()
    assert told == ("1 commitment" if len(codes) == 1 else f"{len(codes)} commitments")
    if not codes:
        assert "No commitment has all of this" in page.text_content()


def test_a_filter_there_is_not_is_named(world: World, client: Client) -> None:
    page = text(client, "/en/commitments/?area=nowhere", status=400)
    assert "nowhere is not one of the available choices" in page
    assert "Commitment 1.1" in page


def test_the_newest_cycle_with_answers_is_shown_unless_one_is_chosen(world: World, client: Client) -> None:
    factories.published(world.task("2.1"), world.alice, world.dana, narrative="Said in the fourth quarter.")
    later = factories.NOON + timedelta(days=60)
    factories.open_cycle(2027, 1, at=later)
    path = f"/en/commitments/{world.commitments['2.1'].uid}/"
    assert "Said in the fourth quarter." in text(client, path)
    chosen = text(client, f"{path}?cycle=2027-q1")
    assert "Said in the fourth quarter." not in chosen
    assert "Nobody has published an update on this commitment in this cycle." in chosen


def test_the_history_tells_what_was_replaced_and_withdrawn(world: World, client: Client) -> None:
    update = factories.published(world.task("2.1"), world.alice, world.dana)
    later = factories.NOON + timedelta(days=2)
    words = factories.content(narrative="Corrected.")
    actions.submit_update(assignment=update.assignment, author=world.alice, based_on=1, at=later, **words)
    update.refresh_from_db()
    actions.accept_update(update=update, officer=world.dana, based_on=2, at=later)
    actions.publish_update(update=update, officer=world.dana, based_on=2, at=later)
    path = f"/en/commitments/{world.commitments['2.1'].uid}/history/"
    page = text(client, path)
    assert "2 texts" in page
    assert "replaced on 12 November 2026" in page
    actions.withdraw_update(update=update, officer=world.dana, reason="Wrong commitment.", at=later)
    page = text(client, path)
    assert "Withdrawn on 12 November 2026" in page
    assert "Wrong commitment." not in page


def test_a_page_with_many_long_answers_stays_light(world: World, client: Client) -> None:
    long = "كلمات عن التدريب والتجهيز. " * 350
    author = factories.UserFactory()
    parties = [factories.stakeholder(f"state-{n:02}", f"A stakeholder with a rather long name {n}") for n in range(25)]
    for party in parties:
        factories.appointment(author, party, AppointmentRole.AUTHOR)
    cycle = factories.open_cycle(2027, 1)
    for party in parties:
        task = factories.assignment(party, world.commitments["1.1"], cycle)
        factories.published(task, author, world.dana, narrative=long, obstacles=long[:5_000].strip(), language="ar")
    path = f"/ar/commitments/{world.commitments['1.1'].uid}/"
    answer = client.get(path)
    assert len(answer.content) < 40_000
    second = client.get(f"{path}?page=3")
    assert len(html.document_fromstring(second.content).xpath("//main//article")) == 5


@pytest.mark.parametrize(
    ("typed", "found"),
    [("alpha", ["Alpha"]), ("ALP", ["Alpha"]), ("cote", ["Côte"]), ("Côte", ["Côte"]), ("مصر", ["مِصر"]), ("xyz", [])],
)
def test_the_register_is_narrowed_by_a_name_in_any_script(
    world: World, client: Client, typed: str, found: list[str]
) -> None:
    factories.stakeholder("state-cote", "Côte")
    factories.stakeholder("state-misr", "مِصر")
    page = html.document_fromstring(client.get("/en/stakeholders/", {"name": typed}).content)
    listed = [link.text_content().split(" (")[0] for link in page.xpath("//main//ul//a")]
    assert listed == found
    assert page.xpath("//p[@role='status']")[0].text_content().startswith(f"{len(found)} ")
    assert ("No stakeholder has all of this" in page.text_content()) == (not found)
