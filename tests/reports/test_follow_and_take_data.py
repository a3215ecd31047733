"""What machines read: feeds by area, commitment and stakeholder, tables as files, sitemap, JSON-LD, Open Graph."""

import csv
import io
import json
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from lxml import html

from progress import actions
from progress.models import Update, UpdateVersion
from reports.datasets import DATASETS
from stakeholders.languages import LANGUAGES
from tests import factories
from tests.conftest import World

ATOM = {"a": "http://www.w3.org/2005/Atom"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def update(world: World) -> Update:
    return factories.published(world.task("2.1"), world.alice, world.dana, narrative="=Trained & equipped.")


def feed(client: Client, path: str) -> ElementTree.Element:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)  # noqa: S314 - made by this very test


@pytest.mark.parametrize("language", ["ar", "zh-hans", "en"])
def test_a_feed_tells_what_was_published_and_in_which_language(
    world: World, update: Update, client: Client, language: str
) -> None:
    uid = world.commitments["2.1"].uid
    version = UpdateVersion.objects.published().get()
    ids = set()
    for path in ("feed.atom", "areas/test-a2/feed.atom", f"commitments/{uid}/feed.atom"):
        told = feed(client, f"/{language}/{path}")
        assert told.get(XML_LANG) == {"zh-hans": "zh-Hans"}.get(language, language)
        (entry,) = told.findall("a:entry", ATOM)
        content = entry.find("a:content", ATOM)
        assert content is not None
        assert content.get(XML_LANG) == "en"
        assert "=Trained & equipped." in str(content.text)
        ids.add(entry.findtext("a:id", "", ATOM))
        link = entry.find("a:link", ATOM)
        assert link is not None
        assert link.get("href", "").endswith(f"/{language}/versions/{version.pk}/")
    assert len(ids) == 1
    assert feed(client, "/en/areas/test-a1/feed.atom").findall("a:entry", ATOM) == []
    assert len(feed(client, "/en/stakeholders/state-alpha/feed.atom").findall("a:entry", ATOM)) == 1


def test_a_feed_of_one_stakeholder_goes_back_two_years(world: World, update: Update, client: Client) -> None:
    for quarter in (1, 2):
        at = datetime(2024, quarter * 3 - 2, 5, tzinfo=UTC)
        cycle = factories.open_cycle(2024, quarter, at=at)
        task = factories.assignment(world.alpha, world.commitments["1.1"], cycle)
        factories.appointment(world.alice, world.alpha, "author", since=at.date())
        factories.published(task, world.alice, world.dana, at=at)
        actions.close_cycle(cycle=cycle, actor=None, at=at)
    assert len(feed(client, "/en/stakeholders/state-alpha/feed.atom").findall("a:entry", ATOM)) == 3
    for back in range(1, 8):
        year, quarter = divmod(2026 * 4 + 3 - back, 4)
        factories.open_cycle(year, quarter + 1, at=datetime(year, quarter * 3 + 1, 5, tzinfo=UTC))
    assert len(feed(client, "/en/stakeholders/state-alpha/feed.atom").findall("a:entry", ATOM)) == 1
    assert len(feed(client, "/en/feed.atom").findall("a:entry", ATOM)) == 3


def test_pages_name_their_feed(world: World, update: Update, client: Client) -> None:
    for page in ("", "areas/test-a2/", f"commitments/{world.commitments['2.1'].uid}/", "stakeholders/state-alpha/"):
        parsed = html.document_fromstring(client.get(f"/en/{page}").content)
        (link,) = parsed.xpath("//link[@type='application/atom+xml']/@href")
        assert client.get(link).status_code == 200


def test_every_link_to_a_file_on_every_page_leads_to_rows(world: World, update: Update, client: Client) -> None:
    uid = world.commitments["2.1"].uid
    pages = ["", f"cycles/{world.cycle.key}/", "areas/test-a2/", "commitments/", f"commitments/{uid}/"]
    pages += ["stakeholders/", "stakeholders/state-alpha/", f"cycles/{world.cycle.key}/figures/?kind=expected"]
    seen = set()
    for page in pages:
        parsed = html.document_fromstring(client.get(f"/en/{page}").content)
        links = parsed.xpath("//p[contains(@class, 'data-links')]//a/@href")
        assert links, page
        for link in links:
            answer = client.get(link)
            assert answer.status_code == 200, link
            seen.add(link.split("/data/")[1].split(".")[0])
            if ".csv" in link:
                assert answer.content.startswith(b"\xef\xbb\xbf")
                labels, tags, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
                assert all(tag.startswith("#") for tag in tags)
                assert {len(row) for row in rows} == {len(labels)}, link
            else:
                told = json.loads(answer.content)
                assert told["rows"], link
                assert set(told["rows"][0]) == set(told["columns"])
    assert seen == set(DATASETS) - {"measurements"}  # of commitments with indicators: see test_indicators.py


def test_figures_in_the_file_are_those_of_the_page(world: World, update: Update, client: Client) -> None:
    rows = json.loads(client.get("/en/data/commitments.json").content)["rows"]
    told = {row["commitment"]: (row["expected"], row["answered"]) for row in rows}
    assert told["2.1"] == (1, 1)
    assert told["1.2"] == (2, 0)
    before = json.loads(client.get("/en/data/commitments.json?as_of=2026-11-09").content)["rows"]
    assert {row["answered"] for row in before} == {0}


def test_nobodys_words_begin_a_formula(world: World, update: Update, client: Client) -> None:
    content = client.get("/en/data/updates.csv?stakeholder=state-alpha").content.decode("utf-8-sig")
    assert "'=Trained & equipped." in content


@pytest.mark.parametrize(
    "path",
    ["updates.csv", "updates.csv?area=test-a1", "secrets.csv", "commitments.xml", "commitments.csv?owner=collective"],
)
def test_a_file_there_is_not_is_not_found(world: World, client: Client, path: str) -> None:
    assert client.get(f"/en/data/{path}").status_code == 404


def test_the_sitemap_has_every_page_in_six_languages(world: World, client: Client) -> None:
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - made by this very test
    found = set()
    for place in index.findall(".//s:loc", SITEMAP):
        path = str(place.text).split("8000", 1)[1]
        section = ElementTree.fromstring(client.get(path).content)  # noqa: S314 - made by this very test
        for url in section.findall("s:url", SITEMAP):
            found.add(url.findtext("s:loc", "", SITEMAP).split("8000", 1)[1])
            assert len(url.findall("x:link", SITEMAP)) == len(LANGUAGES)
    for language in ("ar", "zh-hans", "en", "fr", "ru", "es"):
        assert f"/{language}/commitments/{world.commitments['2.1'].uid}/" in found
        assert f"/{language}/stakeholders/state-alpha/" in found
    assert all(client.get(path).status_code == 200 for path in found)
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: http" in robots
    assert "Disallow: /ar/desk/" in robots


def test_pages_tell_machines_what_they_are(world: World, update: Update, client: Client) -> None:
    version = UpdateVersion.objects.published().get()
    for page in ("", "areas/test-a2/", "stakeholders/state-alpha/", f"versions/{version.pk}/", "method/", "reports/"):
        parsed = html.document_fromstring(client.get(f"/ar/{page}").content)
        (facts,) = parsed.xpath("//script[@type='application/ld+json']/text()")
        told = json.loads(facts)
        assert told["@context"] == "https://schema.org"
        assert told["inLanguage"] == "ar"
        assert told["name"]
        assert parsed.xpath("//meta[@property='og:title']/@content") == [told["name"]]
        assert parsed.xpath("//link[@rel='canonical']/@href") == [told["url"]]
        languages = parsed.xpath("//head/link[@rel='alternate' and @hreflang]/@hreflang")
        assert languages == ["ar", "zh-Hans", "en", "fr", "ru", "es", "x-default"]


def test_words_of_others_cannot_end_the_script(world: World, client: Client) -> None:
    sly = "</script><script>alert(1)</script>"
    factories.published(world.task("1.2"), world.alice, world.dana, narrative=f"Words {sly}")
    version = UpdateVersion.objects.published().get()
    page = client.get(f"/en/versions/{version.pk}/").content.decode()
    assert sly not in page
    assert page.count("<script") == 1
