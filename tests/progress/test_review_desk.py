"""The inbox and its filters, deciding on several, seeing what changed, and twenty officers at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from progress import actions
from progress.conflicts import Conflict
from progress.models import Update, UpdateVersion
from tests import factories
from tests.conftest import World, signed_in


def listed(client: Client, **filters: str) -> str:
    page = client.get(reverse("inbox"), filters).content.decode()
    return page[page.index('class="result-count"') :]


def choose(*updates: Update) -> list[str]:
    return [f"{update.pk}:{update.version}" for update in updates]


def decide(client: Client, decision: str, *updates: Update) -> str:
    fields = {"decision": decision, "update": choose(*updates), "back": reverse("inbox") + "?state=submitted"}
    return client.post(reverse("decide_several"), fields, follow=True).content.decode()


def test_filters_live_in_the_address(world: World, as_dana: Client) -> None:
    alpha = factories.submitted(world.task("1.1"), world.alice, language="fr", narrative="Deux unités ont été formées.")
    beta = factories.submitted(world.task("1.2", world.beta), world.charlie)
    later = factories.submitted(world.task("2.1"), world.alice)
    actions.accept_update(update=later, officer=world.dana, based_on=1)
    links = {update: reverse("review", args=[update.pk]) for update in (alpha, beta, later)}
    for filters, found in (
        ({}, {alpha, beta, later}),
        ({"q": "alpha"}, {alpha, later}),
        ({"state": "accepted"}, {later}),
        ({"area": "test-a2"}, {later}),
        ({"language": "fr"}, {alpha}),
        ({"q": "alpha", "state": "submitted"}, {alpha}),
        ({"q": "nobody"}, set()),
    ):
        page = listed(as_dana, **filters)
        assert {update for update, link in links.items() if link in page} == found, filters
    assert "3 updates are waiting" in listed(as_dana)


def test_several_are_accepted_and_published_at_once(world: World, as_dana: Client) -> None:
    updates = [factories.submitted(world.task(code), world.alice) for code in ("1.1", "1.2", "2.1")]
    page = decide(as_dana, "accept", *updates)
    assert "3 updates were accepted." in page
    assert "2 updates were published." in decide(as_dana, "publish", *updates[:2])
    assert UpdateVersion.objects.published().count() == 2


def test_one_refusal_stops_none_of_the_others(world: World, as_dana: Client) -> None:
    sound, moved = (factories.submitted(world.task(code), world.alice) for code in ("1.1", "1.2"))
    actions.return_update(update=moved, officer=world.omar, based_on=1, reason="Which units?")
    page = decide(as_dana, "accept", sound, moved)
    assert "1 update was accepted." in page
    assert "Alpha (en), 1.2: This update is in the state “Returned” by now" in page


def test_nobody_publishes_their_own_text_among_others(world: World) -> None:
    factories.appointment(world.dana, world.secretariat, "author")  # type: ignore[arg-type] # the value of a role
    own = factories.submitted(world.task("2.2", world.secretariat), world.dana)
    other = factories.submitted(world.task("1.1"), world.alice)
    dana = signed_in(world.dana)
    decide(dana, "accept", own, other)
    page = decide(dana, "publish", own, other)
    assert "1 update was published." in page
    assert "Somebody else must do this" in page


def test_publishing_asks_who_it_is_and_then_does_it(world: World) -> None:
    update = factories.submitted(world.task("1.1"), world.alice)
    dana = signed_in(world.dana, confirmed=False)
    decide(dana, "accept", update)
    asked = dana.post(reverse("review", args=[update.pk]), {"decision": "publish", "based_on": "1"})
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert not UpdateVersion.objects.published().exists()
    dana.post(asked["Location"], {"password": "wrong"})
    assert not UpdateVersion.objects.published().exists()
    dana.post(asked["Location"], {"password": "secret-of-tests"})
    assert UpdateVersion.objects.published().exists(), "nothing had to be pressed twice"


def test_strange_choices_are_passed_over(world: World, as_dana: Client) -> None:
    update = factories.submitted(world.task("1.1"), world.alice)
    fields = {
        "decision": "accept",
        "update": ["x:1", "1", "999999:1", f"{update.pk}:7"],
        "back": "https://elsewhere.example/",
    }
    answer = as_dana.post(reverse("decide_several"), fields)
    assert answer["Location"] == reverse("inbox")
    update.refresh_from_db()
    assert update.state == "submitted"


def test_what_changed_since_last_time_is_marked(world: World, as_dana: Client) -> None:
    factories.published(world.task("2.1"), world.alice, world.dana, narrative="Two units were trained. <b>Well</b>.")
    following = factories.open_cycle(2027, 1)
    task = factories.assignment(world.alpha, world.commitments["2.1"], following)
    update = factories.submitted(task, world.alice, narrative="Three units were trained. <b>Well</b>.")
    page = as_dana.get(reverse("review", args=[update.pk])).content.decode()
    assert "<del>Two </del><ins>Three </ins>units were trained. &lt;b&gt;Well&lt;/b&gt;." in page


def test_a_correction_shows_what_it_changes(world: World, as_dana: Client) -> None:
    update = factories.published(world.task("2.1"), world.alice, world.dana)
    words = factories.content(narrative="Two units were trained.")
    actions.submit_update(assignment=world.task("2.1"), author=world.alice, based_on=1, **words)  # type: ignore[arg-type] # the names are Content's
    page = as_dana.get(reverse("review", args=[update.pk])).content.decode()
    assert "What this correction changes in the published version 1" in page
    assert "<del>" in page


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_accept_at_once_one_does(world: World) -> None:
    update = factories.submitted(world.task("1.1"), world.alice)
    together = Barrier(20)

    def accept(_n: int) -> str:
        mine = Update.objects.get(pk=update.pk)
        together.wait()
        try:
            actions.accept_update(update=mine, officer=world.dana, based_on=1)
        except Conflict:
            return "too late"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(accept, range(20)))
    assert sorted(answers) == ["done"] + ["too late"] * 19
    assert update.transitions.filter(verb="accept").count() == 1
