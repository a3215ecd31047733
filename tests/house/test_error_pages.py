"""What a reader is told when something is wrong: in their language, with a next step."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from lxml import html

from stakeholders.languages import LANGUAGES
from tests.conftest import World

CODES = [language.code for language in LANGUAGES]


def out_of_order(*arguments: Any) -> None:
    raise OperationalError("the connection is lost")


def broken(*arguments: Any) -> None:
    raise ZeroDivisionError


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.raise_request_exception = False
    return client


def read(answer: Any, code: str) -> tuple[str, list[str]]:
    """(heading, addresses of the next steps) of a page in this language."""
    page = html.document_fromstring(answer.content)
    assert page.get("lang") == {"zh-hans": "zh-Hans"}.get(code, code)
    assert page.get("dir") == ("rtl" if code == "ar" else "ltr")
    return page.xpath("//h1")[0].text_content(), page.xpath("//main//a/@href")


@pytest.mark.parametrize(("wrapper", "status"), [(out_of_order, 503), (broken, 500)])
def test_a_fault_of_ours_is_told_in_six_languages(world: World, reader: Client, wrapper: Any, status: int) -> None:
    told = set()
    for code in CODES:
        with connection.execute_wrapper(wrapper):
            answer = reader.get(f"/{code}/")
        assert answer.status_code == status
        heading, steps = read(answer, code)
        told.add(heading)
        assert "/" in steps
        assert ("Retry-After" in answer.headers) == (status == 503)
    assert len(told) == len(CODES)


def test_a_page_there_is_not_leads_on_in_six_languages(world: World, reader: Client) -> None:
    told = set()
    for code in CODES:
        answer = reader.get(f"/{code}/nowhere/")
        assert answer.status_code == 404
        heading, steps = read(answer, code)
        told.add(heading)
        assert {f"/{code}/", f"/{code}/stakeholders/", f"/{code}/reports/"} <= set(steps)
    assert len(told) == len(CODES)


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
def test_a_site_without_a_catalogue_or_a_cycle_says_what_comes_next(reader: Client, code: str) -> None:
    for page in ("", "commitments/", "stakeholders/", "reports/", "search/?q=peace", "method/"):
        answer = reader.get(f"/{code}/{page}")
        assert answer.status_code == 200, page
        read(answer, code)
    assert html.document_fromstring(reader.get(f"/{code}/").content).xpath("//*[@class='empty']")
