"""From what a signed-in person was kept is on the record, by number and without words; a crawler cannot flood it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from progress import actions
from progress.models import Evidence
from stakeholders.actions import note_refusal
from stakeholders.actions.refusing import MOST_A_SPELL
from stakeholders.diary import first_break
from stakeholders.models import DiaryEntry
from tests import factories
from tests.conftest import World, signed_in


def noted() -> list[dict[str, Any]]:
    return [entry.detail for entry in DiaryEntry.objects.filter(verb="access.refused").order_by("number")]


def line(method: str, route: str, record: str) -> dict[str, str]:
    return {"method": method, "route": route, "record": record}


def test_a_record_of_somebody_else_is_noted_and_not_found(world: World) -> None:
    task = world.task("2.1")
    assert signed_in(world.charlie).get(f"/en/desk/assignments/{task.pk}/").status_code == 404
    entry = DiaryEntry.objects.get(verb="access.refused")
    assert (entry.actor, entry.door) == (world.charlie, "browser")
    assert entry.detail == line("GET", "update", f"progress.assignment:{task.pk}")
    assert first_break() is None


def test_so_are_a_step_that_is_another_roles_and_a_page_for_officers(world: World, as_alice: Client) -> None:
    task = world.task("1.1")
    assert signed_in(world.bob).post(f"/en/desk/assignments/{task.pk}/nothing-new/").status_code == 403
    assert as_alice.get("/en/review/").status_code == 404
    assert as_alice.get("/en/team/state-beta/").status_code == 404
    assert as_alice.get("/admin/").status_code in (302, 403)
    assert noted()[:3] == [
        line("POST", "nothing_new", str(task.pk)),
        line("GET", "inbox", ""),
        line("GET", "team", f"stakeholders.stakeholder:{world.beta.pk}"),
    ]


def test_so_is_a_text_that_is_not_public(world: World, as_dana: Client) -> None:
    draft = actions.save_draft(assignment=world.task("2.1"), author=world.alice, based_on=0, **factories.content())
    assert as_dana.get(f"/en/review/{draft.update_id}/").status_code == 404
    assert as_dana.get(f"/en/versions/{draft.pk}/").status_code == 404
    assert noted() == [
        line("GET", "review", f"progress.update:{draft.update_id}"),
        line("GET", "version", f"progress.updateversion:{draft.pk}"),
    ]


def test_so_are_files_histories_comments_and_assessments_of_others(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    settings.EVIDENCE_DIR = tmp_path
    task = world.task("2.1")
    update = factories.submitted(task, world.alice, evidence=factories.text_file())
    assessment, piece = factories.assessed(task, world.dana), Evidence.objects.get()
    charlie = signed_in(world.charlie)
    for path in (f"evidence/{piece.pk}/", f"updates/{update.pk}/versions/", f"assessments/{task.pk}/"):
        assert charlie.get(f"/en/{path}").status_code == 404
    assert charlie.post(f"/en/updates/{update.pk}/comments/", {"text": "?"}).status_code == 404
    assert noted() == [
        line("GET", "evidence", f"progress.evidence:{piece.pk}"),
        line("GET", "versions", f"progress.update:{update.pk}"),
        line("GET", "assessment", f"progress.assessment:{assessment.pk}"),
        line("POST", "comment", f"progress.update:{update.pk}"),
    ]


def test_what_does_not_exist_was_not_refused(world: World, as_alice: Client) -> None:
    for path in ("desk/assignments/999999/", "team/state-nowhere/", "nothing/here/", "versions/999999/"):
        assert as_alice.get(f"/en/{path}").status_code == 404
    assert noted() == []


def test_visitors_leave_no_trace(world: World, client: Client) -> None:
    draft = actions.save_draft(assignment=world.task("2.1"), author=world.alice, based_on=0, **factories.content())
    client.get(f"/en/versions/{draft.pk}/")
    client.get("/en/review/")
    assert noted() == []


def test_neither_does_a_form_without_its_token(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.alice)
    assert strict.post(f"/en/desk/assignments/{world.task('2.1').pk}/").status_code == 403
    assert noted() == []


def test_once_an_hour_for_each_record(world: World) -> None:
    client, task, other = signed_in(world.charlie), world.task("2.1"), world.task("1.2")
    for _time in range(3):
        client.get(f"/en/desk/assignments/{task.pk}/")
    client.get(f"/en/desk/assignments/{other.pk}/")
    assert len(noted()) == 2
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        signed_in(world.charlie).get(f"/en/desk/assignments/{task.pk}/")
    assert len(noted()) == 3


def test_a_crawler_is_cut_off(world: World) -> None:
    for n in range(MOST_A_SPELL + 20):
        note_refusal(person=world.charlie, method="GET", route="update", record=f"progress.assignment:{n}")
    assert len(noted()) == MOST_A_SPELL
    assert note_refusal(person=world.bob, method="GET", route="update", record=""), "nobody else is silenced by it"


@pytest.mark.parametrize("path", ["account/", "desk/"])
def test_a_page_that_opens_leaves_none(world: World, as_alice: Client, path: str) -> None:
    as_alice.get(f"/en/{path}")
    assert noted() == []
