"""Anyone may read what is published, on any day, in any language; nothing else is there for them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from progress import actions
from progress.models import UpdateVersion
from reports.actions import compile_report
from tests import factories
from tests.api.test_habits import problem
from tests.conftest import World

TODAY, YESTERDAY = "2026-11-10", "2026-11-09"


def rows(client: Client, path: str, **headers: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/{path}", headers=headers)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def test_a_published_update_is_told_with_its_words_and_evidence(world: World, client: Client) -> None:
    piece = factories.text_file("A list", visibility="public")
    factories.published(world.task("2.1"), world.alice, world.dana, evidence=piece, narrative="Units were trained.")
    (told,) = rows(client, "publications/")
    assert (told["cycle"], told["commitment"], told["stakeholder"]) == ("2026-q4", "test-c003", "state-alpha")
    assert told["narrative"] == {
        "text": "Units were trained.",
        "language": "en",
        "direction": "ltr",
        "fallback": False,
    }
    assert (told["obstacles"], told["translation"], told["unpublished_at"]) == (None, "same", None)
    assert told["evidence"][0]["title"]["text"] == "A list"
    assert "visibility" not in told["evidence"][0]
    assert client.get(told["evidence"][0]["download"].removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert client.get(f"/api/v1/publications/{told['id']}/").json() == told


def test_words_that_nobody_has_translated_say_so(world: World, client: Client) -> None:
    factories.published(world.task("2.1"), world.alice, world.dana)
    (told,) = rows(client, "publications/", **{"accept-language": "ru"})
    assert (told["narrative"]["language"], told["narrative"]["fallback"], told["translation"]) == (
        "en",
        True,
        "original",
    )


def test_drafts_and_withdrawn_texts_are_not_there(world: World, client: Client) -> None:
    draft = factories.submitted(world.task("1.1"), world.alice)
    gone = factories.published(world.task("1.2"), world.alice, world.dana)
    actions.withdraw_update(update=gone, officer=world.dana, reason="A mistake.")
    assert rows(client, "publications/") == []
    for update in (draft, gone):
        version = UpdateVersion.objects.get(update=update)
        problem(client.get(f"/api/v1/publications/{version.pk}/"), 404, "not_found")


def test_everything_can_be_read_as_it_was_on_an_earlier_day(world: World, client: Client) -> None:
    factories.published(world.task("2.1"), world.alice, world.dana, at=factories.NOON - timedelta(days=1))
    factories.published(world.task("1.2"), world.alice, world.dana)
    assert len(rows(client, f"publications/?as_of={TODAY}")) == 2
    assert len(rows(client, f"publications/?as_of={YESTERDAY}")) == 1
    told = rows(client, f"assignments/?stakeholder=state-alpha&as_of={YESTERDAY}&cycle=2026-q4")
    assert {(one["commitment"], one["status"]) for one in told} >= {("test-c003", "in_progress"), ("test-c002", None)}
    for day, rule in (("2030-01-01", "invalid"), ("2001-01-01", "invalid")):
        refused = problem(client.get(f"/api/v1/publications/?as_of={day}"), 400, "validation")
        assert (refused["errors"][0]["field"], refused["errors"][0]["rule"]) == ("as_of", rule)
    refused = problem(client.get("/api/v1/publications/?cycle=2031-q1"), 400, "validation")
    assert refused["errors"][0]["field"] == "cycle"


def test_lists_are_narrowed_by_what_they_are_about(world: World, client: Client) -> None:
    factories.published(world.task("2.1"), world.alice, world.dana)
    factories.published(world.task("1.1"), world.alice, world.dana, status="completed")
    factories.published(world.task("1.1", world.beta), world.charlie, world.dana)
    assert [one["commitment"] for one in rows(client, "publications/?area=test-a2")] == ["test-c003"]
    assert [one["stakeholder"] for one in rows(client, "publications/?stakeholder=state-beta")] == ["state-beta"]
    assert [one["commitment"] for one in rows(client, "publications/?status=completed")] == ["test-c001"]
    assert [one["status"] for one in rows(client, "assignments/?commitment=test-c001&status=published")] == [
        "completed",
        "in_progress",
    ]
    assert {one["status"] for one in rows(client, "assignments/?status=no_information")} == {None}


def test_a_published_assessment_stands_with_the_reply(world: World, client: Client) -> None:
    assessment = factories.assessed(world.task("2.1"), world.dana)
    assert rows(client, "publications/assessments/") == []
    words = {"text": "We do more than that.", "language": "en"}
    actions.reply_to_assessment(assessment=assessment, person=world.alice, based_on=1, **words)
    actions.publish_assessment(assessment=assessment, officer=world.omar, based_on=1)
    (told,) = rows(client, "publications/assessments/?stakeholder=state-alpha")
    assert (told["rating"], told["reason"]["text"]) == ("some", "Two of three units.")
    assert told["reply"]["text"]["text"] == "We do more than that."


def test_reports_lead_to_their_files(world: World, client: Client) -> None:
    report = compile_report(cycle=world.cycle, requester=world.dana, request_key=uuid4())
    (told,) = rows(client, "reports/?scope=whole")
    assert (told["id"], told["cycle"], told["superseded_by"]) == (str(report.pk), "2026-q4", None)
    assert {document["state"] for document in told["documents"]} == {"queued"}
    assert {document["download"] for document in told["documents"]} == {None}
    report.documents.filter(language="fr", format="pdf").update(state="ready", file="x", sha256="0" * 64, size=5)
    told = client.get(f"/api/v1/reports/{report.pk}/").json()
    ready = [document["download"] for document in told["documents"] if document["download"]]
    assert ready == [f"http://127.0.0.1:8000/en/reports/{report.pk}/fr.pdf"]


def test_stakeholders_are_found_by_name_kind_and_capacity(world: World, client: Client) -> None:
    assert [one["id"] for one in rows(client, "stakeholders/?name=Alp")] == ["state-alpha"]
    assert [one["id"] for one in rows(client, "stakeholders/?kind=secretariat")] == ["un-secretariat"]
    assert [one["id"] for one in rows(client, "stakeholders/?capacity=troop_contributor")] == ["state-alpha"]
    assert rows(client, "stakeholders/?capacity=troop_contributor&as_of=2018-01-01") == []
    (told,) = rows(client, "capacities/?stakeholder=state-alpha")
    assert (told["kind"], told["standing"], told["starts_on"]) == ("troop_contributor", "held", "2018-09-25")


def test_planned_cycles_are_the_officers_own(world: World, client: Client, as_dana: Client) -> None:
    planned = actions.plan_cycle(year=2027, quarter=1, actor=world.dana)
    assert [one["id"] for one in rows(client, "cycles/")] == ["2026-q4"]
    assert [one["id"] for one in rows(as_dana, "cycles/")] == ["2027-q1", "2026-q4"]
    problem(client.get(f"/api/v1/cycles/{planned.key}/"), 404, "not_found")
    problem(client.get("/api/v1/cycles/nonsense/"), 404, "not_found")


def test_the_index_says_where_to_begin(world: World, client: Client) -> None:
    told = client.get("/api/v1/").json()
    assert len(told["lists"]) > 12
    for address in told["lists"].values():
        assert client.get(address.removeprefix("http://127.0.0.1:8000")).status_code in (200, 401)
