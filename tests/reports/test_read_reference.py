"""People read on pages of the site how programs work with it, in their language; every problem leads there."""

from django.test import Client
from lxml import html

from stakeholders.api.problems import KINDS
from tests.conftest import World


def test_the_page_lists_every_part_and_every_problem(world: World, client: Client) -> None:
    page = html.document_fromstring(client.get("/fr/developers/").content)
    parts = page.xpath("//tbody//a/@href")
    assert "/fr/developers/publications/" in parts
    assert len(parts) > 15
    assert {row.removeprefix("problem-") for row in page.xpath("//tr/@id")} == set(KINDS)
    assert "/api/v1/schema/" in page.xpath("//main//a/@href")
    assert page.xpath("//script[not(@type='application/ld+json')]") == []
    for part in parts:
        assert client.get(part).status_code == 200


def test_a_part_says_how_each_operation_is_tried_and_what_it_answers(world: World, client: Client) -> None:
    page = html.document_fromstring(client.get("/ru/developers/publications/").content)
    (section,) = page.xpath("//article[h2/@id='publications_list']")
    assert section.xpath("h2")[0].text_content().startswith("Опубликованные обновления")
    listings = [one.text_content() for one in section.xpath(".//pre")]
    assert listings[0] == "curl 'http://127.0.0.1:8000/api/v1/publications/'"
    assert '"results"' in listings[1]
    assert {"as_of", "cursor", "fields"} <= set(section.xpath("dl//code/text()"))
    assert client.get("/ru/developers/nonsense/").status_code == 404


def test_the_address_that_problems_name_leads_there_in_the_reader_s_language(world: World, client: Client) -> None:
    answer = client.get("/api/v1/docs/", headers={"accept-language": "ar"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/ar/developers/")
    assert "Accept-Language" in answer.headers["Vary"]


def test_every_page_leads_there(world: World, client: Client) -> None:
    page = html.document_fromstring(client.get("/en/").content)
    assert page.xpath("//footer//a[@href='/en/developers/']")
