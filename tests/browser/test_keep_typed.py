"""Typing while the line drops, or the service does: the page keeps the words, in a real browser with script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Route, expect
from pytest_django.live_server_helper import LiveServer

from progress.models import Scratch
from tests.conftest import World, signed_in

FIRST, SECOND = "Typed while the line was up.", "Typed while it was down."


def drop(route: Route) -> None:
    route.abort()


def refuse(route: Route) -> None:
    route.fulfill(status=503)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fail", [drop, refuse])
def test_nothing_typed_is_lost_when_the_line_drops(
    world: World, live_server: LiveServer, browser: Browser, fail: Callable[[Route], None]
) -> None:
    context = browser.new_context()
    session = signed_in(world.alice).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/en/desk/assignments/{world.task('2.1').pk}/")
    page.fill("#id_narrative", FIRST)
    expect(page.locator("[data-saved]")).to_have_text("Kept, not saved yet.")
    assert Scratch.objects.get().content["narrative"] == FIRST

    page.route("**/typed/", fail)
    page.fill("#id_narrative", SECOND)
    expect(page.locator("[data-saved]")).to_contain_text("No connection")
    assert Scratch.objects.get().content["narrative"] == FIRST
    page.reload()
    expect(page.locator("#id_narrative")).to_have_value(SECOND)
    page.unroute("**/typed/")
    expect(page.locator("[data-saved]")).to_have_text("Kept, not saved yet.")
    assert Scratch.objects.get().content["narrative"] == SECOND

    page.check("input[name=status][value=in_progress]")
    page.click("button[name=submit]")
    expect(page).to_have_url(f"{live_server.url}/en/desk/")
    assert not Scratch.objects.exists()
    page.goto(f"{live_server.url}/en/desk/assignments/{world.task('2.1').pk}/")
    expect(page.get_by_text(SECOND)).to_have_count(1)
    context.close()
