"""Every kind of page for everyone, wide and narrow, in both directions: axe, the policy, weight, nothing sideways."""

from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Response
from pytest_django.live_server_helper import LiveServer

from progress.models import UpdateVersion
from reports import actions
from tests import factories
from tests.browser.conftest import seen_in
from tests.conftest import World

MOST_BYTES, MOST_SCRIPT, MOST_REQUESTS = 40_000, 2_000, 15
# Pages that answer with an error on purpose, and with which.
ERRORS = {"stakeholders/nowhere/": 404, "commitments/?area=nowhere": 400, "?as_of=yesterday": 400}


def pages(world: World) -> list[str]:
    """One address of each kind, after the language."""
    for who, author in ((world.alpha, world.alice), (world.beta, world.charlie)):
        factories.published(world.task("1.2", who), author, world.dana, evidence=factories.text_file())
    arabic = "دُرّبت وحدتان وجُهّزتا وفقا للمعايير."
    factories.published(world.task("2.1"), world.alice, world.dana, language="ar", narrative=arabic)
    factories.assessed(world.task("1.1"), world.dana)
    report = actions.compile_report(cycle=world.cycle, requester=world.dana, request_key=uuid4())
    uid = world.commitments["1.2"].uid
    version = UpdateVersion.objects.published().order_by("pk")[0]
    return [
        "",
        "?as_of=2026-11-10",
        f"cycles/{world.cycle.key}/",
        f"cycles/{world.cycle.key}/figures/?kind=expected",
        "areas/test-a1/",
        "commitments/",
        "commitments/?owner=hosts",
        f"commitments/{uid}/",
        f"commitments/{world.commitments['2.1'].uid}/",
        f"commitments/{uid}/history/",
        "stakeholders/",
        "stakeholders/state-alpha/",
        f"versions/{version.pk}/",
        "search/",
        "search/?q=trained",
        "search/?q=nothing-like-it",
        "reading/?page=/en/",
        "method/",
        "developers/",
        "developers/assignments/",
        "reports/",
        f"reports/{report.pk}/",
        "login/",
        *ERRORS,
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_wrong_with_any_page(world: World, live_server: LiveServer, browser: Browser, language: str) -> None:
    addresses = pages(world)
    page = browser.new_page()
    answers: list[Response] = []
    faults: list[str] = []
    page.on("response", lambda answer: answers.append(answer))
    page.on("console", lambda told: faults.append(told.text) if "Security Policy" in told.text else None)
    for address in addresses:
        answers.clear()
        response = page.goto(f"{live_server.url}/{language}/{address}")
        assert response is not None
        wrong = [*weight(response, answers, ERRORS.get(address, 200)), *seen_in(page)]
        faults += [f"/{language}/{address}: {fault}" for fault in wrong]
    page.close()
    assert faults == []


def weight(response: Response, answers: list[Response], expected: int) -> list[str]:
    """What is too heavy about a page just loaded, or was not answered as it should."""
    script = sum(len(one.body()) for one in answers if one.request.resource_type == "script" and one.status == 200)
    # What the browser holds already it may ask for again, and is told that nothing has changed.
    wrong = [f"{one.status} {one.url}" for one in answers if one is not response and one.status not in (200, 304)]
    wrong += [f"{response.status} {response.url}"] if response.status != expected else []
    return [
        *wrong,
        *([f"{len(response.body())} bytes"] if len(response.body()) > MOST_BYTES else []),
        *([f"{script} bytes of script"] if script > MOST_SCRIPT else []),
        *([f"{len(answers)} requests"] if len(answers) > MOST_REQUESTS else []),
    ]
