"""A focal point hands an update to the Secretariat."""

import pytest
from django.test import Client

from progress import actions
from progress.models import Transition, Update, UpdateVersion
from tests.conftest import World
from tests.factories import NOON, content


def url(world: World) -> str:
    return f"/en/desk/assignments/{world.task('2.1').pk}/"


def test_it_works(world: World, as_alice: Client) -> None:
    answer = as_alice.post(url(world), {"based_on": 0, "submit": "1", **content()})
    assert answer["Location"] == "/en/desk/"
    update = Update.objects.get()
    assert (update.state, update.version) == ("submitted", 1)
    assert update.versions.get().submitted_at is not None
    assert Transition.objects.get().verb == "submit"


def test_a_draft_of_mine_is_submitted_as_it_stands(world: World) -> None:
    task = world.task("2.1")
    actions.save_draft(assignment=task, author=world.alice, based_on=0, at=NOON, **content())
    version = actions.submit_update(assignment=task, author=world.alice, based_on=1, at=NOON, **content())
    assert (version.number, version.update.state) == (1, "submitted")


def test_a_second_click_changes_nothing(world: World, as_alice: Client) -> None:
    for _click in range(2):
        answer = as_alice.post(url(world), {"based_on": 0, "submit": "1", **content()})
        assert answer.status_code == 302
    assert UpdateVersion.objects.count() == Transition.objects.count() == 1


def test_nothing_new_to_report_is_one_click(world: World, as_alice: Client) -> None:
    answer = as_alice.post(url(world) + "nothing-new/")
    assert answer.status_code == 302
    version = UpdateVersion.objects.get()
    assert (version.status, version.narrative, version.update.state) == ("nothing_new", "", "submitted")


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"status": ""}, "status", "Choose a status."),
        ({"narrative": "  "}, "narrative", "Say what was done, or why nothing was."),
        (
            {"status": "not_applicable", "narrative": ""},
            "narrative",
            "Say what was done, or why nothing was.",
        ),
    ],
)
def test_what_a_draft_may_lack_it_may_not(
    world: World, as_alice: Client, changes: dict[str, str], field: str, message: str
) -> None:
    answer = as_alice.post(url(world), {"based_on": 0, "submit": "1", **content(next_steps="Kept.", **changes)})
    assert answer.status_code == 400
    assert answer.context["form"].errors[field] == [message]
    assert "Kept." in answer.content.decode()
    assert not Update.objects.exists()
