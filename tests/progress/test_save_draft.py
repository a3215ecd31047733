"""A focal point writes an update and saves it as a draft."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from progress import actions
from progress.conflicts import Conflict, StaleVersion
from progress.models import Update, UpdateVersion
from stakeholders.models import DiaryEntry
from tests.conftest import World, signed_in
from tests.factories import NOON, content


def url(world: World, code: str = "2.1") -> str:
    return f"/en/desk/assignments/{world.task(code).pk}/"


def test_it_works(world: World, as_alice: Client) -> None:
    answer = as_alice.post(url(world), {"based_on": 0, "save": "1", **content()})
    assert answer.status_code == 302
    version = UpdateVersion.objects.get()
    assert (version.number, version.author, version.narrative) == (1, world.alice, content()["narrative"])
    assert version.update.state == "draft"
    entry = DiaryEntry.objects.first()
    assert entry is not None
    assert (entry.verb, entry.actor, entry.door) == ("update.saved", world.alice, "browser")


def test_a_draft_may_lack_status_and_words(world: World, as_alice: Client) -> None:
    answer = as_alice.post(url(world), {"based_on": 0, "save": "1", **content(status="", narrative="")})
    assert answer.status_code == 302


def test_a_version_that_never_was_cannot_be_built_on(world: World, as_alice: Client) -> None:
    assert as_alice.post(url(world), {"based_on": 3, "save": "1", **content()}).status_code == 409
    assert not Update.objects.exists()


def test_saving_the_same_twice_is_saving_once(world: World) -> None:
    task = world.task("2.1")
    first = actions.save_draft(assignment=task, author=world.alice, based_on=0, at=NOON, **content())
    again = actions.save_draft(assignment=task, author=world.alice, based_on=0, at=NOON, **content())
    assert first.pk == again.pk
    assert UpdateVersion.objects.count() == 1


def test_browsers_line_ends_are_stored_as_one_kind(world: World, as_alice: Client) -> None:
    as_alice.post(url(world), {"based_on": 0, "save": "1", **content(narrative="One.\r\nTwo.  ")})
    assert UpdateVersion.objects.get().narrative == "One.\nTwo."


def test_a_stale_save_shows_both_texts_and_writes_nothing(world: World, as_alice: Client) -> None:
    task = world.task("2.1")
    actions.save_draft(assignment=task, author=world.alice, based_on=0, at=NOON, **content(narrative="Theirs."))
    answer = as_alice.post(url(world), {"based_on": 0, "save": "1", **content(narrative="Mine.")})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs." in page
    assert "Mine." in page
    assert 'name="based_on" value="1"' in page
    assert UpdateVersion.objects.count() == 1


def test_the_action_hands_over_the_text_saved_meanwhile(world: World) -> None:
    task = world.task("2.1")
    current = actions.save_draft(assignment=task, author=world.alice, based_on=0, at=NOON, **content())
    with pytest.raises(StaleVersion) as refusal:
        actions.save_draft(assignment=task, author=world.alice, based_on=0, at=NOON, **content(narrative="Other."))
    assert refusal.value.current == current


def test_it_cannot_be_written_while_the_secretariat_reads_it(world: World) -> None:
    task = world.task("2.1")
    actions.submit_update(assignment=task, author=world.alice, based_on=0, at=NOON, **content())
    with pytest.raises(Conflict, match="Submitted"):
        actions.save_draft(assignment=task, author=world.alice, based_on=1, at=NOON, **content(narrative="Later."))


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"status": "splendid"}, "status", "splendid is not one of the available choices"),
        ({"language": "de"}, "language", "de is not one of the available choices"),
        ({"language": ""}, "language", "This field is required"),
        ({"narrative": "x" * 10_001}, "narrative", "at most 10000 characters (it has 10001)"),
        ({"narrative": "a\x07b"}, "narrative", "Character number 2 is a control character (U+0007)"),
        ({"obstacles": "a\u202eb"}, "obstacles", "invisible characters that change the direction"),
        ({"language": "ar"}, "language", "The text is not written in العربية"),
        (
            {"narrative": "تدرّبت وحدتان وجُهّزتا وفقا للمعايير"},
            "language",
            "The text is not written in English",
        ),
    ],
)
def test_bad_input_is_named_beside_its_field_and_kept(
    world: World, as_alice: Client, changes: dict[str, str], field: str, message: str
) -> None:
    answer = as_alice.post(url(world), {"based_on": 0, "save": "1", **content(next_steps="Kept.", **changes)})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert message in " ".join(answer.context["form"].errors[field])
    assert "Kept." in page
    assert f'href="#id_{field}' in page
    assert not Update.objects.exists()


def test_a_closed_cycle_takes_no_more(world: World, as_alice: Client) -> None:
    actions.close_cycle(cycle=world.cycle, actor=world.dana)
    answer = as_alice.post(url(world), {"based_on": 0, "save": "1", **content()})
    assert answer.status_code == 400
    assert "takes no more updates" in answer.content.decode()
    assert content()["narrative"] in answer.content.decode()
    assert not Update.objects.exists()


def test_the_closing_day_counts(world: World) -> None:
    task = world.task("2.1")
    closing = NOON.replace(year=2027, month=1, day=15, hour=23)
    actions.save_draft(assignment=task, author=world.alice, based_on=0, at=closing, **content())
    with pytest.raises(ValidationError):
        actions.save_draft(
            assignment=task,
            author=world.alice,
            based_on=1,
            at=closing + timedelta(hours=1),
            **content(narrative="?"),
        )


def test_somebody_elses_assignment_is_not_found(world: World) -> None:
    assert signed_in(world.charlie).get(url(world)).status_code == 404
    assert signed_in(world.charlie).post(url(world), {"based_on": 0, **content()}).status_code == 404


def test_a_reader_reads_and_does_not_write(world: World) -> None:
    assert signed_in(world.bob).get(url(world)).status_code == 200
    assert signed_in(world.bob).post(url(world), {"based_on": 0, "save": "1", **content()}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.save_draft(assignment=world.task("2.1"), author=world.bob, based_on=0, at=NOON, **content())


def test_a_right_that_ends_ends_at_the_next_request(world: World, as_alice: Client) -> None:
    assert as_alice.get(url(world)).status_code == 200
    world.alice.appointments.update(ends_on=NOON.date() - timedelta(days=1))
    assert as_alice.get(url(world)).status_code == 404


def test_strangers_are_asked_to_log_in(world: World, client: Client) -> None:
    answer = client.get(url(world))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/en/login/")
