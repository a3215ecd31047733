"""What everyone can find, in six scripts and languages, and what nobody may."""

from datetime import timedelta

import pytest
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries

from progress import actions
from progress.models import PublishedWords, Update
from tests import factories
from tests.conftest import World

PATH = "/en/search/"
TEXTS = {
    "ar": "دُرّبت وحدتان لحماية المدنيين في أبيي وفقا للمعايير، وعددهم ١٢٠ مـــدرّبا.",
    "zh-hans": "我们加强了保护平民的培训，并向维持和平行动提供了设备。",
    "fr": "L’État a formé des œuvres sociales à la coopération et à l'égalité des genres.",
    "ru": "Ещё два подразделения обучены; российский йод доставлен.",
    "es": "La misión enseñó a niñas; protección de civiles según S/RES/2719 (2023).",
}


@pytest.fixture
def updates(world: World) -> dict[str, Update]:
    """One update in each of five languages, the later in the list the later published, and one more in English."""
    cycles = [world.cycle, factories.open_cycle(2027, 1), factories.open_cycle(2027, 2)]
    tasks = [factories.assignment(world.alpha, world.commitments[c], cycle) for cycle in cycles for c in ("1.1", "1.2")]
    texts = {**TEXTS, "en": "Two units were trained for the protection of civilians in Abyei."}
    made = {}
    for n, (language, narrative) in enumerate(texts.items()):
        at = factories.NOON - timedelta(hours=6 - n)
        made[language] = factories.published(
            tasks[n], world.alice, world.dana, at=at, language=language, narrative=narrative
        )
    return made


def page_of(client: Client, *, status: int = 200, path: str = PATH, **query: str) -> html.HtmlElement:
    answer = client.get(path, query)
    assert answer.status_code == status, answer.content.decode()
    return html.document_fromstring(answer.content.decode())


def texts_of(page: html.HtmlElement) -> list[str]:
    return [" ".join(item.text_content().split()) for item in page.xpath("//ol[contains(@class,'results')]/li")]


def test_it_finds_an_update_and_marks_the_words(client: Client, updates: dict[str, Update]) -> None:
    page = page_of(client, q="trained civil")
    assert len(texts_of(page)) == 1
    assert [mark.text for mark in page.xpath("//mark")] == ["trained", "civilians"]
    assert page.xpath("//*[@role='status']")[0].text_content() == "1 result"
