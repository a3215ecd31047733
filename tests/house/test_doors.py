"""Every address, visited as each of the cast, answers as the table says, and a refusal changes nothing."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from lxml import html

from a4p import api_urls
from progress.models import UpdateVersion
from reports import actions as report_actions
from reports.models import Report
from stakeholders.diary import first_break
from stakeholders.models import DiaryEntry
from stakeholders.unsubscribing import link_for
from tests import factories
from tests.conftest import World, signed_in
from tests.house.routes import LINES

CAST = ("nobody", "alice", "bob", "charlie", "dana")
IMPORTS = ("bulk_import", "confirm_import", "drop_import", "api_import", "api_import_carry_out", "api_import_drop")
NO_PAGES = {"manifest", "evidence", "data", "export_data", "robots", "sitemap", "sitemap_section"}
NO_PAGES |= {"home_feed", "area_feed", "commitment_feed", "stakeholder_feed"}
REFUSALS = {400, 401, 403, 404, 409, 412, 428}


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":  # Django's own, guarded by is_staff; see tests/house/test_admin.py
                found |= names(pattern.url_patterns)
        else:
            found.add(str(pattern.name))
    return found


def test_every_route_is_in_the_table() -> None:
    assert names(get_resolver().url_patterns) == {line[0] for line in LINES}


def test_every_method_of_the_api_is_in_the_table() -> None:
    offered = {
        (str(pattern.name), method.upper())
        for pattern in api_urls.urlpatterns
        for method in ("get", "post", "put", "patch", "delete")
        if hasattr(pattern.callback.cls, method)  # type: ignore[union-attr] # every view of the API is a class
    }
    assert offered == {(line[0], line[1]) for line in LINES if line[0].startswith("api_")}


@pytest.fixture
def addresses(world: World) -> dict[str, list[Any]]:
    """The arguments of each route that takes some."""
    submitted = factories.submitted(world.task("2.1"), world.alice, evidence=factories.text_file())
    factories.published(world.task("1.2"), world.alice, world.dana)
    assessment = factories.assessed(world.task("1.1"), world.dana)
    version = UpdateVersion.objects.published().get()
    report: Report = report_actions.compile_report(cycle=world.cycle, requester=world.dana, request_key=uuid4())
    document = report.documents.get(language="en", format="html")
    return {
        "reference_part": ["assignments"],
        "api_declaration": ["test-edition"],
        "api_area": ["test-a1"],
        "api_commitment": ["test-c001"],
        "api_stakeholder": ["state-alpha"],
        "api_cycle": [world.cycle.key],
        "api_publication": [version.pk],
        "api_report": [report.pk],
        "api_evidence": [submitted.evidence.get().pk],
        "api_evidence_file": [submitted.evidence.get().pk],
        "api_assessment": [assessment.pk],
        **{f"api_update{part}": [submitted.pk] for part in ("", "_versions", "_transitions", "_comments", "_evidence")},
        "area": ["test-a1"],
        "commitment": ["test-c001"],
        "stakeholder": ["state-alpha"],
        "cycle": [world.cycle.key],
        "commitment_history": ["test-c001"],
        "data": ["commitments", "csv"],
        "area_feed": ["test-a1"],
        "commitment_feed": ["test-c001"],
        "stakeholder_feed": ["state-alpha"],
        "sitemap_section": ["commitments"],
        "version": [version.pk],
        "report": [report.pk],
        "download": [report.pk, "en", "html"],
        "retry": [document.pk],
        **{name: [report.pk] for name in ("correct", "cancel", "manifest", "report_figures")},
        "cycle_figures": [world.cycle.key],
        "update": [world.task("1.1").pk],
        "assess": [world.task("2.1").pk],
        "assessment": [world.task("1.1").pk],
        "comment": [submitted.pk],
        "versions": [submitted.pk],
        "keep_typed": [world.task("1.1").pk],
        "approve": [world.task("2.1").pk],
        "nothing_new": [world.task("1.1").pk],
        "review": [submitted.pk],
        "account_reset_password_from_key": ["abc", "set-password"],
        "openid_connect_login": ["oidc"],
        "openid_connect_callback": ["oidc"],
        "invitation": ["no-such-token"],
        "invite_again": [world.charlie.pk],
        "close_account": [world.omar.pk],
        "team": ["state-alpha"],
        "set_approval": ["state-alpha"],
        "end_token": [factories.token(world.alice)[0].pk],
        "unsubscribe": [link_for(world.bob).rstrip("/").rsplit("/", 1)[1]],
        "end_appointment": [world.bob.appointments.get().pk],
        "hand_over": [world.bob.appointments.get().pk],
        "evidence": [submitted.evidence.get().pk],
        "data_columns": ["stakeholders"],
        "api_data_set": ["stakeholders"],
        "api_data_file": ["stakeholders", "csv"],
        "export_data": ["stakeholders", "csv"],
        **{name: [factories.sent_import(world.dana).pk] for name in IMPORTS},
        "turn_cycle": [world.cycle.pk, "close"],
        **{
            f"api_update_{step}": [world.task("1.1").pk] for step in ("text", "typed", "submit", "approve", "send_back")
        },
        "api_evidence_add": [world.task("2.1").pk],
        "api_evidence_remove": [world.task("2.1").pk, submitted.evidence.get().pk],
        **{
            f"api_assessment_{step}": [world.task("1.1").pk]
            for step in ("text", "show", "publish", "withdraw", "reply", "decline")
        },
        **{f"api_update_{step}": [submitted.pk] for step in ("return", "accept", "publish", "withdraw", "comment")},
        **{f"api_cycle_{step}": [world.cycle.key] for step in ("open", "close", "remind")},
        "api_hand_over": [world.bob.appointments.get().pk],
        "api_appointment_end": [world.bob.appointments.get().pk],
        "api_appoint": ["state-alpha"],
        "api_set_approval": ["state-alpha"],
        "api_person_invite": [world.charlie.pk],
        "api_person_close": [world.omar.pk],
        "api_report_correct": [report.pk],
        "api_report_cancel": [report.pk],
        "api_report_file_retry": [report.pk, "en", "html"],
    }


def client_of(world: World, person: str) -> Client:
    return Client() if person == "nobody" else signed_in(getattr(world, person))


def is_sent_to_api(name: str, method: str) -> bool:
    return name.startswith("api_") and method != "GET"


def fingerprint() -> str:
    models = [m for room in ("progress", "reports", "commitments") for m in apps.get_app_config(room).get_models()]
    rows = [row for model in models for row in model._default_manager.order_by("pk")]
    return serializers.serialize("json", rows)


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line[0]}-{line[1]}")
def test_each_of_the_cast_gets_the_answer_of_the_table(
    world: World, addresses: dict[str, list[Any]], line: list[str]
) -> None:
    name, method, *answers = line
    url = reverse(name, args=addresses.get(name))
    for person, answer in reversed(list(zip(CAST, map(int, answers), strict=True))):
        if person == "dana" and name == "turn_cycle":
            continue  # it would close the cycle for everybody after her; asked last, below
        client = client_of(world, person)
        before = fingerprint()
        got: Callable[..., Any] = getattr(client, method.lower())
        response = got(url, {}, content_type="application/json") if is_sent_to_api(name, method) else got(url)
        assert response.status_code == answer, f"{person} at {url}"
        if answer in REFUSALS or (person == "nobody" and answer == 302):
            assert fingerprint() == before, f"{person} changed something at {url}"
    if name == "turn_cycle":
        assert client_of(world, "dana").post(url).status_code == 302
    assert first_break() is None
    assert DiaryEntry.objects.exists()


def test_pages_say_their_language_and_have_one_heading(world: World, addresses: dict[str, list[Any]]) -> None:
    visited = 0
    for name, method, *answers in LINES:
        if method != "GET" or "200" not in answers or name in NO_PAGES or name.startswith("api_"):
            continue
        person = CAST[answers.index("200")]
        for language, direction in (("ar", "rtl"), ("zh-hans", "ltr"), ("en", "ltr")):
            with translation.override(language):
                url = reverse(name, args=addresses.get(name))
            response = client_of(world, person).get(url, headers={"accept-language": language})
            assert response.status_code == 200, url
            page = html.document_fromstring(response.content)
            assert page.get("dir") == direction
            assert len(page.xpath("//h1")) == 1, url
            assert page.xpath("//title")[0].text_content().strip()
            assert len(page.xpath("//header//nav//a[@hreflang]")) >= 6
            assert len(response.content) < 40_000, url
            visited += 1
    assert visited >= 45
