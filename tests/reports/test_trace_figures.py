"""Every figure of a report leads to a public page that lists what it counts, as it was then."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from lxml import html

from progress import actions as progress_actions
from progress.models import Cycle, Update
from reports import actions
from reports.actions.producing import frozen_content
from reports.models import Report
from reports.rendering.composition import compose
from reports.rendering.html import render_html
from reports.rendering.parity import numbers
from tests import factories
from tests.conftest import World

SITE = "http://127.0.0.1:8000"


@pytest.fixture
def earlier(world: World) -> Cycle:
    at = factories.NOON - timedelta(days=92)
    cycle = factories.open_cycle(2026, 3, at=at)
    for code in ("1.2", "2.1"):
        task = factories.assignment(world.alpha, world.commitments[code], cycle)
        factories.published(task, world.alice, world.dana, at=at)
    return cycle


@pytest.fixture
def update(world: World) -> Update:
    factories.published(world.task("1.1"), world.alice, world.dana)
    factories.published(world.task("1.2", world.beta), world.charlie, world.dana)
    return factories.published(world.task("1.2"), world.alice, world.dana, status="completed")


def links(report: Report) -> list[tuple[str, str]]:
    """(figure, address) of everything in the HTML file that leads to figures."""
    document = compose(json.loads(frozen_content(report)), "en", fingerprint="")
    page = html.document_fromstring(render_html(document).content)
    return [(a.text_content(), a.get("href")) for a in page.xpath("//a[contains(@href, '/figures/')]")]


def counted(client: Client, address: str) -> int:
    page = client.get(address.removeprefix(SITE))
    assert page.status_code == 200, address
    return int(numbers(html.document_fromstring(page.content).xpath("//p[@role='status']")[0].text_content()))


@pytest.mark.parametrize("scope", ["whole", "difference"])
def test_each_figure_leads_to_as_many_assignments_as_it_says(
    world: World, earlier: Cycle, update: Update, client: Client, scope: str
) -> None:
    baseline = earlier if scope == "difference" else None
    report = actions.compile_report(
        cycle=world.cycle, requester=world.dana, request_key=uuid4(), scope=scope, baseline=baseline
    )
    found = links(report)
    assert len(found) > 40
    for text, address in found:
        if "%" in text or "stakeholders" in address:
            continue
        figure = int(text.split(" of ")[0].replace(",", ""))
        if address.endswith("?status=published"):
            continue  # the stakeholders that have reported: fewer than the updates they lead to
        listed = counted(client, address)
        assert listed == (figure or listed), (text, address)


def test_it_lists_what_was_public_then_and_leads_to_exactly_that_version(
    world: World, update: Update, ordered: Report, client: Client
) -> None:
    old = update.versions.get()
    later = factories.NOON + timedelta(hours=2)
    words = factories.content(status="ongoing")
    progress_actions.submit_update(assignment=update.assignment, author=world.alice, based_on=1, at=later, **words)
    update.refresh_from_db()
    progress_actions.accept_update(update=update, officer=world.dana, based_on=2, at=later)
    progress_actions.publish_update(update=update, officer=world.dana, based_on=2, at=later)
    page = client.get(f"/en/reports/{ordered.pk}/figures/?commitment=test-c002&status=completed").content.decode()
    assert f"/en/versions/{old.pk}/" in page
    assert client.get(f"/en/versions/{old.pk}/").status_code == 200
    now = client.get(f"/en/cycles/{world.cycle.key}/figures/?commitment=test-c002&status=completed").content.decode()
    assert f"/en/versions/{old.pk}/" not in now


def test_a_withdrawn_text_is_counted_and_not_shown(
    world: World, update: Update, ordered: Report, client: Client
) -> None:
    progress_actions.withdraw_update(
        update=update, officer=world.dana, reason="Wrong.", at=factories.NOON + timedelta(hours=1)
    )
    page = client.get(f"/en/reports/{ordered.pk}/figures/?commitment=test-c002&status=completed").content.decode()
    assert "Withdrawn since" in page
    assert f"/en/versions/{update.versions.get().pk}/" not in page


@pytest.mark.parametrize(
    "query", ["colour=red", "status=best", "area=nowhere", "kind=", "change=moved", "cycle=2019-q9"]
)
def test_an_address_that_names_no_figure_is_not_found(ordered: Report, client: Client, query: str) -> None:
    expected = 200 if query == "kind=" else 404
    assert client.get(f"/en/reports/{ordered.pk}/figures/?{query}").status_code == expected


def test_the_charts_of_the_pages_lead_to_their_figures_too(world: World, update: Update, client: Client) -> None:
    page = html.document_fromstring(client.get("/en/").content)
    found = page.xpath("//details//td/a")
    assert len(found) >= 6
    for link in found:
        assert counted(client, link.get("href")) == int(link.text_content())
