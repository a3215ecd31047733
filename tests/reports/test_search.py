"""What everyone can find, in six scripts and languages, and what nobody may."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries

from progress import actions
from progress.models import PublishedWords, Update, UpdateVersion
from reports import search
from stakeholders.models import CapacityKind
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


# What is typed, and everything it finds in its order: the same on every database. Updates go by their language,
# areas and commitments by their number, stakeholders by their code.
QUERIES = [
    ("trained civil", ["en"]),
    ("TRAINED", ["en"]),
    ("rained", []),
    ("protection", ["en"]),
    ("PROTECCIÓN", ["es"]),
    ("protec", ["en", "es"]),
    ("proteccion civiles", ["es"]),
    ("civil", ["en", "es"]),
    ("enseno nina", ["es"]),
    ("ENSEÑÓ", ["es"]),
    ("l'etat", ["fr"]),
    ("État", ["fr"]),
    ("oeuvre", ["fr"]),
    ("œuvres sociales", ["fr"]),
    ("cooperation", ["fr"]),
    ("egalite genres", ["fr"]),
    ("s/res/2719", ["es"]),
    ("2719 2023", ["es"]),
    ("271", []),
    ("еще", ["ru"]),
    ("ЕЩЁ подразд", ["ru"]),
    ("йод", ["ru"]),
    ("иод", []),
    ("российскии", []),
    ("доставлен обучены", ["ru"]),
    ("حماية", ["ar"]),
    ("حمايه المدنيين", ["ar"]),
    ("لحماية مدنيين", ["ar"]),
    ("دُرّبت", ["ar"]),
    ("دربت وحدتان", ["ar"]),
    ("مدربا 120", ["ar"]),
    ("١٢٠", ["ar"]),
    ("أبيي", ["ar"]),
    ("ابيى", ["ar"]),
    ("المعايير", ["ar"]),
    ("保护平民", ["zh-hans"]),
    ("平民", ["zh-hans"]),
    ("维和", []),
    ("维", ["zh-hans"]),
    ("备", ["zh-hans"]),
    ("动 平民", ["zh-hans"]),
    ("维持 培训", ["zh-hans"]),
    ("维持和平行动", ["zh-hans"]),
    ("Alpha", ["state-alpha"]),
    ("alpha ar", ["state-alpha"]),
    ("state", ["1.1", "1.2", "2.1", "2.2", "state-alpha", "state-beta"]),
    ("statement 1.1", ["1.1"]),
    ("commitment", ["1.1", "1.2", "2.1", "2.2"]),
    ("area 2", ["A2"]),
    ("1.1", ["1.1"]),
    ("te", []),
    ("en", ["A1", "A2", "1.1", "1.2", "2.1", "2.2", "state-alpha", "state-beta", "un-secretariat"]),
    ("to", []),
    ("in", ["en"]),
    ("two", ["en"]),
    ("trained OR enseno", []),
    ("units NOT civilians", []),
    ("\"trained\"* & 'civil':*", ["en"]),
    ("=status=in_progress", []),
    ("'); DROP TABLE x; --", []),
    ("%", None),
    ("* \" '", None),
]


def page_of(client: Client, *, code: int = 200, at: str = PATH, **query: str) -> html.HtmlElement:
    answer = client.get(at, query)
    assert answer.status_code == code, answer.content.decode()
    assert len(answer.content) < 40_000
    return html.document_fromstring(answer.content.decode())


def links_of(page: html.HtmlElement) -> list[str]:
    return [str(link) for link in page.xpath("//ol[contains(@class,'results')]/li/h2/a/@href")]


def found_by(client: Client, updates: dict[str, Update], **query: str) -> list[str]:
    """What a search finds, by the short names of QUERIES."""
    names = {f"versions/{UpdateVersion.objects.published().get(update=one).pk}": key for key, one in updates.items()}
    names |= {f"areas/test-a{n}": f"A{n}" for n in (1, 2)}
    codes = ("1.1", "1.2", "2.1", "2.2")
    names |= {f"commitments/test-c{n:03}": code for n, code in enumerate(codes, start=1)}
    links = [link.removeprefix("/en/").strip("/") for link in links_of(page_of(client, **query))]
    return [names.get(link, link.removeprefix("stakeholders/")) for link in links]


def role(page: html.HtmlElement) -> str:
    return " ".join(page.xpath("//*[@role='status']")[0].text_content().split())


def test_it_finds_an_update_and_marks_the_words(client: Client, updates: dict[str, Update]) -> None:
    page = page_of(client, q="trained civil")
    assert [mark.text for mark in page.xpath("//mark")] == ["trained", "civilians"]
    assert role(page) == "1 result"
    assert page.xpath("//input[@name='q']/@value") == ["trained civil"]


def test_every_database_finds_the_same_in_the_same_order(client: Client, updates: dict[str, Update]) -> None:
    found = {typed: found_by(client, updates, q=typed) for typed, keys in QUERIES if keys is not None}
    assert found == {typed: keys for typed, keys in QUERIES if keys is not None}
    for typed, keys in QUERIES:
        if keys is None:
            page_of(client, q=typed, code=400)


@pytest.mark.parametrize(
    ("typed", "language", "marks"),
    [
        ("حماية المدنيين", "ar", ["لحماية", "المدنيين"]),
        ("دربت", "ar", ["دُرّبت"]),
        ("保护平民", "zh-hans", ["保护平民"]),
        ("平", "zh-hans", ["平", "平"]),
        ("еще", "ru", ["Ещё"]),
        ("oeuvre etat", "fr", ["État", "œuvres"]),
    ],
)
def test_a_text_in_another_language_says_so_and_keeps_its_direction(
    client: Client, updates: dict[str, Update], typed: str, language: str, marks: list[str]
) -> None:
    page = page_of(client, q=typed)
    assert [mark.text for mark in page.xpath("//mark")] == marks
    text = page.xpath("//mark/..")[0]
    assert text.get("lang") == {"zh-hans": "zh-Hans"}.get(language, language)
    assert text.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert "This text is in another language than the page" in page.text_content()
    own = page_of(client, at=f"/{language}/search/", q=typed)
    assert "result-text" in own.xpath("//mark/..")[0].get("class")
    assert not own.xpath("//li/p[contains(@class,'quiet')]")


def test_a_translation_is_found_as_soon_as_it_is_stored(client: Client, updates: dict[str, Update]) -> None:
    version = updates["ru"].versions.get()
    assert found_by(client, updates, q="nouveaux") == []
    actions.record_translation(version=version, language="fr", narrative="Deux nouveaux détachements.")
    page = page_of(client, at="/fr/search/", q="nouveaux")
    assert links_of(page) == [f"/fr/versions/{version.pk}/"]
    assert page.xpath("//li/p/span[@class='tag']")[0].text_content() == "Projet de traduction"
    actions.record_translation(version=version, language="fr", narrative="Deux unités.", state="signed")
    assert found_by(client, updates, q="nouveaux") == []
    assert found_by(client, updates, q="unité") == ["ru"]


def test_drafts_and_what_is_returned_withdrawn_or_superseded_are_never_found(world: World, client: Client) -> None:
    later = factories.open_cycle(2027, 1)

    def task(code: str, cycle: object = world.cycle) -> object:
        return factories.assignment(world.alpha, world.commitments[code], cycle)  # type: ignore[arg-type]

    actions.save_draft(
        assignment=task("1.1"), author=world.alice, based_on=0, **factories.content(narrative="canary draft")
    )
    factories.submitted(task("1.2"), world.alice, narrative="canary submitted")
    returned = factories.submitted(task("2.1"), world.alice, narrative="canary returned")
    actions.return_update(update=returned, officer=world.dana, based_on=1, reason="canary reason")
    accepted = factories.submitted(task("1.1", later), world.alice, narrative="canary accepted")
    actions.accept_update(update=accepted, officer=world.dana, based_on=1)
    withdrawn = factories.published(task("1.2", later), world.alice, world.dana, narrative="canary withdrawn")
    actions.withdraw_update(update=withdrawn, officer=world.dana, reason="canary why")
    corrected = factories.published(task("2.1", later), world.alice, world.dana, narrative="canary superseded")
    actions.record_translation(version=corrected.versions.get(), language="fr", narrative="canari canary")
    actions.submit_update(
        assignment=corrected.assignment, author=world.alice, based_on=1, **factories.content(narrative="public now")
    )
    assert role(page_of(client, q="canary")) == "1 result", "a correction in the making changes nothing in public"
    corrected.refresh_from_db()
    actions.accept_update(update=corrected, officer=world.dana, based_on=2)
    actions.publish_update(update=corrected, officer=world.dana, based_on=2)
    actions.record_translation(version=corrected.versions.get(number=1), language="es", narrative="canary tarde")
    actions.record_translation(version=withdrawn.versions.get(), language="es", narrative="canary tarde")
    for typed in ("canary", "canari", "canary draft", "canary withdrawn", "canary tarde"):
        page = page_of(client, q=typed)
        assert role(page) == "Nothing was found."
        assert "canary " not in page.xpath("string(//main//ol)")
    assert len(links_of(page_of(client, q="public now"))) == 1
    call_command("index_updates", "--verify")


def test_filters_narrow_and_are_listed_with_a_way_to_remove_each(
    world: World, client: Client, updates: dict[str, Update]
) -> None:
    first, other = world.cycle.key, "2027-q1"
    assert found_by(client, updates, q="protec", cycle=first) == []
    assert found_by(client, updates, q="protec", cycle="2027-q2") == ["en", "es"]
    assert found_by(client, updates, q="protec", stakeholder="state-alpha") == ["en", "es"]
    assert found_by(client, updates, q="protec", stakeholder="Beta") == []
    assert found_by(client, updates, q="protec", status="completed") == []
    assert found_by(client, updates, q="protec", status="in_progress", area="test-a1") == ["en", "es"]
    assert found_by(client, updates, q="protec", area="test-a2") == []
    assert found_by(client, updates, q="protec", owner="collective") == ["es"]
    assert found_by(client, updates, q="protec", owner="security_council") == []
    assert found_by(client, updates, q="commitment", area="test-a2") == ["2.1", "2.2"]
    assert found_by(client, updates, q="commitment", owner="member_states") == ["1.2"]
    assert found_by(client, updates, q="state", kind="stakeholders") == ["state-alpha", "state-beta"]
    assert found_by(client, updates, q="state", cycle=other) == []
    page = page_of(client, q="protec", area="test-a1", cycle="2027-q2", status="", page="1")
    removing = page.xpath("//ul[@class='chips']//a/@href")
    assert removing == ["?q=protec&cycle=2027-q2", "?q=protec&area=test-a1"]
    assert "remove this filter" in page.xpath("//ul[@class='chips']//a")[0].text_content()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"status": "finished"}, "“\u2068finished\u2069” is not one of the choices of “Status”."),
        ({"area": "100%(x)s"}, "“\u2068100%(x)s\u2069” is not one of the choices of “Area”."),
        ({"cycle": "2030-q1"}, "“\u20682030-q1\u2069” is not one of the choices of “Cycle”."),
        ({"owner": "me"}, "is not one of the choices of “Owner kind”."),
        ({"kind": "people"}, "“\u2068people\u2069” is not one of the choices of “What to find”."),
        ({"stakeholder": "Atlantis"}, "No stakeholder is called “\u2068Atlantis\u2069”."),
        ({"stakeholder": "state"}, "Several stakeholders are called “\u2068state\u2069”: "),
        ({"colour": "red"}, "“\u2068colour\u2069” is not a filter of this page."),
    ],
)
def test_a_filter_that_is_none_is_told_and_what_was_typed_stays(
    world: World, client: Client, query: dict[str, str], told: str
) -> None:
    page = page_of(client, code=400, q="peace", **query)
    assert told in page.text_content()
    assert page.xpath("//input[@name='q']/@value") == ["peace"]
    for name, value in query.items():
        kept = page.xpath(f"//*[@name='{name}']/@value | //*[@name='{name}']/option[@selected]/@value")
        assert kept == ([value] if name != "colour" else [])


def test_words_that_are_too_long_are_told(world: World, client: Client) -> None:
    assert "at most 200 characters" in page_of(client, code=400, q="word " * 60).text_content()


def test_without_words_the_page_says_what_to_do(world: World, client: Client) -> None:
    for query in ({}, {"q": ""}, {"q": "  ", "status": "completed"}):
        page = page_of(client, **query)
        assert role(page) == "Type one or more words to begin."
        assert not links_of(page)


def test_without_results_the_page_says_what_to_do_next(world: World, client: Client) -> None:
    page = page_of(client, q="nowhere")
    assert role(page) == "Nothing was found."
    assert "Look for fewer or shorter words" in page.text_content()
    assert "Remove a filter" in page_of(client, q="nowhere", area="test-a1").text_content()


def test_markup_in_words_and_texts_is_shown_as_it_was_typed(world: World, client: Client) -> None:
    factories.published(world.task("1.1"), world.alice, world.dana, narrative="A <b>bold</b> & plain script.")
    page = page_of(client, q="<b>bold</b>")
    assert page.xpath("//input[@name='q']/@value") == ["<b>bold</b>"]
    assert not page.xpath("//main//b")
    assert "A <b>bold</b> & plain" in page.text_content()


def test_results_come_in_pages_of_few_queries_and_little_weight(
    world: World, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    long = "Обучение и защита гражданского населения в районе операции. " * 60
    for n in range(23):
        who = factories.stakeholder(f"state-many-{n:02}", f"Государство {n}", is_demonstration=True)
        factories.capacity(who, CapacityKind.TROOP_CONTRIBUTOR)
    cycle = factories.open_cycle(2027, 1)
    for n in range(23):
        task = cycle.assignments.select_related("stakeholder").get(
            stakeholder__code=f"state-many-{n:02}", commitment=world.commitments["1.1"]
        )
        words = factories.content(language="ru", narrative=f"{long} Номер {n}", sources="S/RES/2719")
        version = actions.record_published_source(assignment=task, **words)
        for language in ("fr", "es"):
            actions.record_translation(version=version, language=language, narrative="Formation. " * 300)
    for path in ("/ar/search/", "/ru/search/"):
        with django_assert_max_num_queries(6):
            page = page_of(client, at=path, q="гражд защит")
        assert len(links_of(page)) == 20
        assert page.xpath("//a[@rel='next']/@href")[0].startswith("?q=")
        assert len(links_of(page_of(client, at=path, q="гражд защит", page="2"))) == 3


def test_a_count_beyond_a_thousand_is_not_made_up(
    client: Client, updates: dict[str, Update], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_UPDATES", 1)
    page = page_of(client, q="protec")
    assert role(page).startswith("More than ")
    assert found_by(client, updates, q="protec") == ["en"]


def test_who_is_called_just_so_comes_first(world: World, client: Client) -> None:
    factories.stakeholder("mission-in-mali", "Mission in Mali", kind="mission")
    state = factories.stakeholder("state-mli", "Mali", iso_alpha3="MLI", m49="466")
    for column, name in (("ar", "مالي"), ("zh_hans", "马里"), ("en", "Mali")):
        setattr(state, f"name_{column}", name)
    state.save()
    assert links_of(page_of(client, q="MALI")) == ["/en/stakeholders/state-mli/", "/en/stakeholders/mission-in-mali/"]
    for typed in ("马里", "مالى", "mli", "466"):
        assert links_of(page_of(client, q=typed)) == ["/en/stakeholders/state-mli/"]
        assert "Stakeholder: Mali" in page_of(client, q="x", stakeholder=typed).xpath("string(//ul[@class='chips'])")


def test_a_changed_name_is_found_by_the_new_one_alone(world: World, client: Client) -> None:
    assert len(links_of(page_of(client, q="Alpha"))) == 1
    for column in ("ar", "zh_hans", "en", "fr", "ru", "es"):
        setattr(world.alpha, f"name_{column}", "Omega")
    world.alpha.code = "state-omega"
    world.alpha.save()
    assert links_of(page_of(client, q="Alpha")) == []
    assert len(links_of(page_of(client, q="Omega"))) == 1


def test_the_index_can_be_checked_and_made_again(client: Client, updates: dict[str, Update]) -> None:
    before = list(PublishedWords.objects.order_by("place").values_list())
    PublishedWords.objects.filter(version__update=updates["ru"]).delete()
    PublishedWords.objects.filter(version__update=updates["fr"]).update(words="other")
    assert found_by(client, updates, q="other") == ["fr"]
    with pytest.raises(CommandError, match="2 differences"):
        call_command("index_updates", "--verify")
    call_command("index_updates")
    call_command("index_updates", "--verify")
    assert list(PublishedWords.objects.order_by("place").values_list()) == before
    assert found_by(client, updates, q="other") == []


def test_updating_an_installation_fills_the_index(updates: dict[str, Update]) -> None:
    before = list(PublishedWords.objects.order_by("place").values_list())
    PublishedWords.objects.all().delete()
    import_module("progress.migrations.0009_fill_published_words").fill(apps, None)
    assert list(PublishedWords.objects.order_by("place").values_list()) == before
