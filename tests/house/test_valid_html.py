"""Pages are valid HTML by the standard's own parser, and hold together: ids, labels, landmarks, tables."""

import re
from collections import Counter
from typing import Any
from uuid import uuid4

import html5lib
import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from lxml import html

from progress.models import UpdateVersion
from reports import actions
from tests import factories
from tests.conftest import World, signed_in

PUBLIC = ["home", "cycle", "cycle_figures", "area", "commitments", "commitment", "commitment_history", "stakeholders"]
PUBLIC += ["stakeholder", "version", "search", "method", "report_library", "report", "account_login"]
PUBLIC += ["reference", "reference_part"]
SIGNED_IN = ["desk", "update", "account", "preferences", "own_assessments"]
REFERENCES = ("aria-labelledby", "aria-describedby", "for", "headers")


@pytest.fixture
def addresses(world: World) -> dict[str, list[Any]]:
    """The arguments of each page that takes some."""
    factories.published(world.task("1.2"), world.alice, world.dana, evidence=factories.text_file())
    factories.assessed(world.task("1.1"), world.dana)
    report = actions.compile_report(cycle=world.cycle, requester=world.dana, request_key=uuid4())
    return {
        "reference_part": ["updates"],
        "cycle": [world.cycle.key],
        "cycle_figures": [world.cycle.key],
        "area": ["test-a1"],
        "commitment": [world.commitments["1.2"].uid],
        "commitment_history": [world.commitments["1.2"].uid],
        "stakeholder": ["state-alpha"],
        "version": [UpdateVersion.objects.published().get().pk],
        "report": [report.pk],
        "update": [world.task("2.1").pk],
    }


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_is_valid(world: World, addresses: dict[str, list[Any]], language: str) -> None:
    visitors = [(Client(), name) for name in PUBLIC] + [(signed_in(world.alice), name) for name in SIGNED_IN]
    faults = []
    for client, name in visitors:
        with translation.override(language):
            url = reverse(name, args=addresses.get(name))
        for query in ("", "?q=trained") if name == "search" else ("",):
            answer = client.get(url + query)
            assert answer.status_code == 200, url
            faults += [f"{url}: {fault}" for fault in faults_of(answer.content.decode())]
    assert faults == []


def test_the_page_that_keeps_what_could_not_be_saved_is_valid(world: World) -> None:
    alice = signed_in(world.alice)
    alice.raise_request_exception = False

    def takes_nothing(execute: Any, sql: str, *arguments: Any) -> Any:
        if sql.startswith("INSERT"):
            raise OperationalError
        return execute(sql, *arguments)

    with connection.execute_wrapper(takes_nothing):
        path = f"/ar/desk/assignments/{world.task('2.1').pk}/"
        answer = alice.post(path, {**factories.content(narrative='"Two" <units>'), "based_on": "0", "save": "1"})
    assert answer.status_code == 503
    assert list(faults_of(answer.content.decode())) == []


def test_the_judge_sees_what_is_wrong() -> None:
    page = '<!DOCTYPE html><title>x</title><p id="a"><div></p></div><label for="b">c</label><img src="x"><i id="a"></i>'
    told = " ".join(faults_of(page))
    for word in ("unexpected", "id a twice", "for=b", "img without alt"):
        assert word in told


def faults_of(page: str) -> list[str]:
    parser = html5lib.HTMLParser()
    parser.parse(page)
    faults = [f"{code} at {place} {data}" for place, code, data in parser.errors]
    tree = html.document_fromstring(page)
    ids = Counter(tree.xpath("//@id"))
    faults += [f"id {name} twice" for name, n in ids.items() if n > 1]
    for attribute in REFERENCES:
        named = {word for value in tree.xpath(f"//@{attribute}") for word in value.split()}
        faults += [f"{attribute}={word} leads nowhere" for word in sorted(named - set(ids))]
    faults += [f"{link} leads nowhere" for link in tree.xpath("//a/@href[starts-with(., '#')]") if link[1:] not in ids]
    faults += ["img without alt" for _img in tree.xpath("//img[not(@alt)]")]
    faults += ["table without a caption or a name" for _t in tree.xpath("//table[not(caption or @aria-label)]")]
    faults += [f"attribute {a}" for a in sorted(set(re.findall(r'\s(style|on[a-z]+)="', page)))]
    labels = Counter(nav.get("aria-label") for nav in tree.xpath("//nav"))
    return faults + [f"nav {label} twice" for label, n in labels.items() if n > 1 or label is None]
