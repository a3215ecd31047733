"""A focal point adds evidence to an update and takes it away again, each with a save."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from progress import actions
from progress.actions import NewEvidence
from progress.conflicts import StaleVersion
from progress.models import Evidence, Update, UpdateVersion
from stakeholders.diary import first_break
from stakeholders.models import DiaryEntry
from tests.conftest import World, signed_in
from tests.factories import NOON, content, published, submitted, text_file
from tests.progress import uploads

LINK = NewEvidence(title="The doctrine", link="https://www.un.org/doctrine")
SYMBOL = NewEvidence(title="The report of the Secretary-General", symbol="A/72/19", visibility="public")


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.EVIDENCE_DIR = tmp_path
    return tmp_path


def url(world: World) -> str:
    return f"/en/desk/assignments/{world.task('2.1').pk}/"


def form(based_on: int = 0, **more: Any) -> dict[str, Any]:
    return {"based_on": based_on, "save": "1", **content(), **more}


def a_list(words: bytes = b"Two units.") -> SimpleUploadedFile:
    return SimpleUploadedFile("list.txt", words)


def save(world: World, based_on: int = 0, **more: Any) -> UpdateVersion:
    words = {key: more.pop(key) for key in list(more) if key in content()}
    return actions.save_draft(
        assignment=world.task("2.1"), author=world.alice, based_on=based_on, at=NOON, **content(**words), **more
    )


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*/*") if path.is_file()]


def titles(version: UpdateVersion) -> list[str]:
    return [piece.title for piece in version.evidence]


def test_it_works(world: World, as_alice: Client, folder: Path) -> None:
    answer = as_alice.post(url(world), form(file=a_list(), title="What was trained", visibility="public"))
    assert answer.status_code == 302
    piece = Evidence.objects.get()
    assert (piece.kind, piece.title, piece.file_name) == ("file", "What was trained", "list.txt")
    assert (piece.size, piece.content_type, piece.visibility) == (10, "text/plain; charset=utf-8", "public")
    assert (piece.added_by, piece.from_version, piece.until_version) == (world.alice, 1, None)
    [path] = stored(folder)
    assert path.read_bytes() == b"Two units."
    assert "list" not in str(path.relative_to(folder))
    assert path.stat().st_mode & 0o777 == 0o640
    page = as_alice.get(url(world)).content.decode()
    assert "What was trained" in page
    assert "<bdi>TXT</bdi> · <bdi>10" in page
    entry = DiaryEntry.objects.get(verb="evidence.added")
    assert (entry.actor, entry.detail["evidence"], entry.detail["version"]) == (world.alice, piece.pk, 1)
    assert "list.txt" not in str(entry.detail)


@pytest.mark.parametrize(
    ("fields", "kind", "title"),
    [
        ({"link": " https://www.un.org/doctrine "}, "link", "https://www.un.org/doctrine"),
        ({"link": "https://www.un.org/doctrine", "title": "The doctrine"}, "link", "The doctrine"),
        ({"symbol": "S/RES/2378  (2017)"}, "symbol", "S/RES/2378 (2017)"),
        ({"symbol": "A/74/5 (Vol. II)", "title": "تقرير"}, "symbol", "تقرير"),
    ],
)
def test_a_link_or_a_symbol_is_evidence_too(
    world: World, as_alice: Client, fields: dict[str, str], kind: str, title: str
) -> None:
    assert as_alice.post(url(world), form(**fields)).status_code == 302
    piece = Evidence.objects.get()
    assert (piece.kind, piece.title, piece.visibility) == (kind, title, "review")


def test_a_save_that_changes_only_evidence_makes_a_new_version_with_the_same_words(world: World) -> None:
    first = save(world)
    second = save(world, 1, evidence=LINK)
    third = save(world, 2, evidence=SYMBOL, remove=[second.evidence.get().pk])
    assert [version.number for version in (first, second, third)] == [1, 2, 3]
    assert first.content == second.content == third.content
    assert (titles(first), titles(second), titles(third)) == ([], [LINK.title], [SYMBOL.title])
    removed = DiaryEntry.objects.get(verb="evidence.removed")
    assert (removed.detail["version"], removed.detail["kind"]) == (3, "link")
    assert first_break() is None


def test_what_is_attached_stays_with_the_next_text(world: World) -> None:
    save(world, evidence=LINK)
    assert titles(save(world, 1, narrative="Other words.")) == [LINK.title]


def test_it_is_removed_in_the_browser(world: World, as_alice: Client, folder: Path) -> None:
    piece = save(world, evidence=text_file()).evidence.get()
    assert f'name="remove" value="{piece.pk}"' in as_alice.get(url(world)).content.decode()
    assert as_alice.post(url(world), form(1, remove=[piece.pk])).status_code == 302
    assert "A list" not in as_alice.get(url(world)).content.decode()
    piece.refresh_from_db()
    assert piece.until_version == 2
    assert stored(folder), "an earlier version can be read again"


def test_a_second_click_adds_and_removes_once(world: World, as_alice: Client, folder: Path) -> None:
    for _click in range(2):
        assert as_alice.post(url(world), form(file=a_list())).status_code == 302
    assert (UpdateVersion.objects.count(), Evidence.objects.count(), len(stored(folder))) == (1, 1, 1)
    first = Evidence.objects.get()
    for _click in range(2):
        assert as_alice.post(url(world), form(1, file=a_list(b"Three."), remove=[first.pk])).status_code == 302
    assert (UpdateVersion.objects.count(), Evidence.objects.count(), len(stored(folder))) == (2, 2, 2)


def test_submitting_twice_with_a_file_submits_once(world: World, as_alice: Client, folder: Path) -> None:
    for _click in range(2):
        answer = as_alice.post(url(world), {"based_on": 0, "submit": "1", **content(), "file": a_list()})
        assert answer.status_code == 302
    assert (UpdateVersion.objects.count(), len(stored(folder))) == (1, 1)


def test_a_stale_save_writes_nothing_and_says_that_the_file_is_gone(
    world: World, as_alice: Client, folder: Path
) -> None:
    save(world, evidence=LINK, narrative="Theirs.")
    answer = as_alice.post(url(world), form(narrative="Mine.", file=a_list(), title="My list"))
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Theirs.", "Mine.", 'value="My list"', "Choose your file again", LINK.title):
        assert words in page
    assert (Evidence.objects.count(), stored(folder)) == (1, [])


def test_evidence_added_meanwhile_makes_a_save_stale_though_the_words_are_the_same(world: World) -> None:
    save(world)
    save(world, 1, evidence=LINK)
    with pytest.raises(StaleVersion):
        actions.submit_update(assignment=world.task("2.1"), author=world.alice, based_on=1, at=NOON, **content())


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"title": "Something"}, "file", "Choose a file, or give a link or a document symbol."),
        ({"link": "https://un.org", "symbol": "A/72/19"}, "symbol", "Add one piece at a time"),
        ({"link": "javascript:alert(1)"}, "link", "Give a full address that begins with https:// or http://."),
        ({"link": "ftp://un.org/a"}, "link", "Give a full address"),
        ({"link": "www.un.org"}, "link", "Give a full address"),
        ({"link": "https://un.org@evil.example/"}, "link", "Remove what stands before the @"),
        ({"link": "https://un.org/" + "a" * 1_000}, "link", "at most 1000 characters"),
        ({"link": "https://un.org/\u202egnp"}, "link", "invisible characters"),
        ({"symbol": "A 72 19"}, "symbol", "Give the symbol as it stands on the document"),
        ({"symbol": "A/72/19<script>"}, "symbol", "Give the symbol as it stands"),
        ({"symbol": "A/72/19", "title": "a\u202eb"}, "title", "invisible characters that change the direction"),
        ({"symbol": "A/72/19", "title": "a" * 201}, "title", "at most 200 characters"),
        ({"symbol": "A/72/19", "visibility": "secret"}, "visibility", "secret is not one of the available choices"),
        ({"remove": ["7"]}, "remove", "not part of this update"),
        ({"remove": ["x"]}, "remove", "x is not one of the available choices"),
    ],
)
def test_bad_input_is_named_beside_its_field_and_everything_is_kept(
    world: World, as_alice: Client, fields: dict[str, Any], field: str, message: str
) -> None:
    answer = as_alice.post(url(world), form(next_steps="Kept.", **fields))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert message in " ".join(answer.context["form"].errors[field])
    assert "Kept." in page
    assert not Update.objects.exists()


def test_nobody_removes_what_belongs_to_another_update(world: World) -> None:
    theirs = published(world.task("1.1", world.beta), world.charlie, world.dana, evidence=LINK).evidence.get()
    save(world)
    with pytest.raises(ValidationError, match="not part of this update"):
        save(world, 1, remove=[theirs.pk])
    theirs.refresh_from_db()
    assert theirs.until_version is None
    assert UpdateVersion.objects.filter(update__assignment=world.task("2.1")).count() == 1


def test_a_reader_attaches_nothing(world: World, folder: Path) -> None:
    assert signed_in(world.bob).post(url(world), form(file=a_list())).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.save_draft(
            assignment=world.task("2.1"), author=world.bob, based_on=0, at=NOON, evidence=LINK, **content()
        )
    assert stored(folder) == []


def test_a_stakeholder_stores_no_more_than_its_share(world: World, settings: Settings, folder: Path) -> None:
    settings.EVIDENCE_QUOTA_BYTES = 1_500
    save(world, evidence=text_file(words="a" * 1_000))
    with pytest.raises(ValidationError) as refusal:
        save(world, 1, evidence=text_file(words="b" * 1_000))
    assert "has used 1000\xa0bytes of the 1.5\xa0KB it may store" in refusal.value.messages[0]
    assert len(stored(folder)) == 1, "what was refused is not kept"
    save(world, 1, evidence=text_file(words="c" * 500))
    task = world.task("1.1", world.beta)
    submitted(task, world.charlie, evidence=text_file(words="d" * 1_000))


def test_an_update_holds_a_limited_number_of_pieces(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("progress.actions.evidence.MOST_PIECES", 2)
    first = save(world, evidence=LINK).evidence.get()
    save(world, 1, evidence=SYMBOL)
    third = NewEvidence(symbol="A/73/19")
    with pytest.raises(ValidationError, match="at most 2 pieces"):
        save(world, 2, evidence=third)
    assert titles(save(world, 2, evidence=third, remove=[first.pk])) == [SYMBOL.title, "A/73/19"]


@pytest.mark.parametrize(
    ("visibility", "warned"),
    [("review", False), ("public", True)],
)
def test_people_are_told_what_their_file_gives_away(
    world: World, as_alice: Client, visibility: str, warned: bool
) -> None:
    photo = SimpleUploadedFile("camp.jpg", uploads.jpeg(properties=uploads.exif(b"Jane Doe\0", place=True)))
    page = as_alice.post(url(world), form(file=photo, visibility=visibility), follow=True).content.decode()
    plain = page.replace("\u2068", "").replace("\u2069", "")
    assert "The properties of “camp.jpg” name Jane Doe." in plain
    assert "The properties of “camp.jpg” tell where the picture was taken." in plain
    assert ("Everyone will be able to read this." in plain) == warned
    assert "Jane Doe" not in as_alice.get(url(world)).content.decode(), "told once"


def test_a_full_disk_is_a_plain_refusal(
    world: World, as_alice: Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("stakeholders.files.os.fsync", no_room)
    answer = as_alice.post(url(world), form(file=a_list(), next_steps="Kept."))
    assert answer.status_code == 400
    assert "could not be stored; the fault is ours" in answer.content.decode()
    assert "Kept." in answer.content.decode()
    assert stored(folder) == []


def test_files_whose_save_never_ended_are_swept(world: World, folder: Path) -> None:
    kept = save(world, evidence=text_file()).evidence.get()
    with transaction.atomic():
        save(world, 1, evidence=text_file(words="never"))
        transaction.set_rollback(True)
    assert len(stored(folder)) == 2, "the file of a transaction undone from outside is left behind"
    for path in stored(folder):
        os.utime(path, (time.time(), time.time()))
    assert actions.sweep_unclaimed_files(at=NOON) == 0, "it may belong to a save that is still running"
    assert actions.sweep_unclaimed_files(at=NOON + timedelta(days=2)) == 1
    assert [path.name for path in stored(folder)] == [Path(kept.stored_as).name]


def test_many_pieces_cost_no_more_queries_than_one(
    world: World, as_alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        save(world, number, evidence=NewEvidence(symbol=f"A/72/{number}"))
    with django_assert_max_num_queries(12):
        page = as_alice.get(url(world)).content.decode()
    assert page.count("A/72/") >= 5
