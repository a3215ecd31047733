"""An administrator fills an empty place from a backup: everything is as it was, or nothing is there."""

import gzip
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from a4p.backup import archive
from a4p.backup.comparing import compare
from a4p.backup.tables import all_tables, line_of
from progress.models import Assignment, Evidence, Scratch, UpdateVersion
from reports.models import Document
from stakeholders.diary import first_break
from stakeholders.models import DiaryEntry, Stakeholder, User
from tests import factories
from tests.a4p.archives import Members, backup_to, changed, fill, held, resealed
from tests.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(world: World, folder: Path) -> Path:
    """A backup of a place with something of everything."""
    fill(world)
    backup_to(folder / "kept.tar.gz")
    return folder / "kept.tar.gz"


@pytest.fixture
def elsewhere(kept: Path, settings: Settings, tmp_path: Path) -> Path:
    """The same program beside an empty database and empty folders."""
    call_command("flush", interactive=False, verbosity=0)
    settings.EVIDENCE_DIR = tmp_path / "new/evidence"
    settings.DOCUMENTS_DIR = tmp_path / "new/documents"
    (tmp_path / "new").mkdir()
    return tmp_path / "new"


def restore(path: Path, **options: str) -> str:
    out = io.StringIO()
    call_command("restore", str(path), stdout=out, **options)
    return out.getvalue()


def refused(path: Path, why: str, **options: str) -> None:
    """It says why in one sentence, and the place is as empty as before."""
    before = sum(table.count("default") for table in all_tables())
    with pytest.raises(CommandError, match=why):
        restore(path, **options)
    assert sum(table.count("default") for table in all_tables()) == before


def files(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file()]


def put(members: Members, manifest: dict[str, Any], table: str, column: str, value: Any) -> None:
    """Another value into the first row of a table."""
    head = next(there["columns"] for there in manifest["tables"] if there["name"] == table)
    name = f"rows/{table}/000001.jsonl"
    first, rest = members[name].split(b"\n", 1)
    row = json.loads(first)
    row[[name for name, _kind in head].index(column)] = value
    members[name] = line_of(row) + rest


def test_everything_is_as_it_was(kept: Path, elsewhere: Path) -> None:
    before = archive.check(kept)
    said = restore(kept, fingerprint=before.fingerprint)
    assert "2 files, as they were on 2026-11-10T12:00" in said
    again = backup_to(elsewhere / "again.tar.gz")
    assert held(again) == held(before)
    assert len(files(elsewhere)) == 3
    call_command("verify_diary", stdout=io.StringIO())
    call_command("verify_tallies", stdout=io.StringIO())
    call_command("index_updates", "--verify", stdout=io.StringIO())


def test_it_comes_back_through_a_pipe(kept: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with kept.open("rb") as pipe, monkeypatch.context() as patched:
        patched.setattr("sys.stdin", io.TextIOWrapper(pipe))
        restore(Path("-"))
    assert held(backup_to(elsewhere / "again.tar.gz")) == held(archive.check(kept))
    assert list(kept.parent.glob(".backup-*")) == []


def test_a_place_and_a_backup_are_told_apart(kept: Path, elsewhere: Path) -> None:
    restore(kept)
    manifest = archive.check(kept)
    assert {line.difference for line in compare(kept, manifest)} == {""}
    User.objects.filter(email="bob@alpha.example").update(name="Robert")
    typed = {"based_on": 0, "content": {}, "kept_at": timezone.now()}
    Scratch.objects.create(assignment=Assignment.objects.all()[0], person=User.objects.all()[0], **typed)
    piece = Evidence.objects.get()
    (elsewhere / "evidence" / piece.stored_as).write_bytes(b"Two unitz.")
    (elsewhere / "documents" / Document.objects.exclude(file="").get().file).unlink()
    assert [line.difference for line in compare(kept, manifest) if line.difference] == [
        "stakeholders_user: row 2 differs",
        "progress_scratch: row 1 is only here",
        f"evidence/{piece.stored_as} is not the file that was stored",
        f"documents/{Document.objects.exclude(file='').get().file} is missing",
    ]


def test_work_goes_on_where_it_stopped(world: World, folder: Path, kept: Path, elsewhere: Path) -> None:
    last = DiaryEntry.objects.count()
    restore(kept)
    last = DiaryEntry.objects.order_by("-number").values_list("number", flat=True)[0]
    newest = UpdateVersion.objects.order_by("-pk")[0]
    alice = User.objects.get(email="alice@alpha.example")
    task = factories.assignment(newest.update.assignment.stakeholder, world.commitments["1.1"], world.cycle)
    update = factories.submitted(task, alice)
    assert update.versions.get().pk > newest.pk
    assert DiaryEntry.objects.order_by("-number")[0].number > last
    assert first_break() is None


def test_the_key_of_a_row_that_is_gone_is_not_given_again(world: World, folder: Path) -> None:
    gone = factories.stakeholder("gone")
    key = gone.pk
    gone.delete()
    backup_to(folder / "b.tar.gz")
    call_command("flush", interactive=False, verbosity=0)
    restore(folder / "b.tar.gz")
    assert factories.stakeholder("new").pk > key


def test_values_come_back_to_the_last_digit(world: World, folder: Path) -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
    Stakeholder.objects.filter(pk=world.alpha.pk).update(name_en='A\u0301\u200f\ttab \\ "quotes" \'', name_fr="")
    detail = {"z": [1, 1.5, None, True, {"ا": "两\u2028"}], "a": "\\u0000", "big": 2**53 + 1}
    DiaryEntry.objects.create(number=999, at=moment, verb="test", detail=detail, hash="x", actor=None)
    backup_to(folder / "b.tar.gz")
    call_command("flush", interactive=False, verbosity=0)
    restore(folder / "b.tar.gz")
    entry = DiaryEntry.objects.get(number=999)
    assert (entry.at, entry.detail, entry.actor) == (moment, detail, None)
    alpha = Stakeholder.objects.get(pk=world.alpha.pk)
    assert (alpha.name_en, alpha.name_fr) == ('A\u0301\u200f\ttab \\ "quotes" \'', "")


def test_a_place_in_use_is_refused(kept: Path) -> None:
    refused(kept, "The database is not empty: .* has .* rows. Nothing was changed")


def test_another_backup_than_the_expected_is_refused(kept: Path, elsewhere: Path) -> None:
    refused(kept, "has the fingerprint", fingerprint="0" * 64)


def one_letter_of_a_row(members: Members) -> None:
    name = next(name for name in members if name.startswith("rows/progress_updateversion/"))
    members[name] = members[name].replace(b"2026", b"2025", 1)


def one_row(members: Members) -> None:
    name = next(name for name in members if name.startswith("rows/progress_transition/"))
    members[name] = members[name].split(b"\n", 1)[1]


def one_table(members: Members) -> None:
    del members[next(name for name in members if name.startswith("rows/progress_comment") or "transition" in name)]


def one_byte_of_a_file(members: Members) -> None:
    name = next(name for name in members if name.startswith("files/evidence/"))
    members[name] = b"t" + members[name][1:]


def one_file(members: Members) -> None:
    del members[next(name for name in members if name.startswith("files/documents/"))]


def one_file_more(members: Members) -> None:
    members["files/evidence/aa/stranger"] = b"?"


def no_manifest(members: Members) -> None:
    del members[archive.MANIFEST]


def half_a_manifest(members: Members) -> None:
    members[archive.MANIFEST] = members[archive.MANIFEST][:-9]


TAMPERED: list[tuple[Callable[[Members], None], str]] = [
    (one_letter_of_a_row, "the rows of progress_updateversion are not those that were written"),
    (one_row, "the rows of progress_transition are not"),
    (one_table, "the rows of progress_transition are not"),
    (one_byte_of_a_file, "the file evidence/.* is not the one that was written"),
    (one_file, "the file documents/.*en.html is missing"),
    (one_file_more, "holds evidence/aa/stranger, which its manifest does not name"),
    (no_manifest, "no manifest at its end"),
    (half_a_manifest, "its manifest cannot be read"),
]


def test_whatever_is_changed_in_an_archive_is_refused(kept: Path, elsewhere: Path) -> None:
    for change, why in TAMPERED:
        refused(changed(kept, change), why)
    assert files(elsewhere) == []


def test_an_archive_that_was_cut_or_is_none_is_refused(kept: Path, elsewhere: Path, tmp_path: Path) -> None:
    whole = kept.read_bytes()
    broken = tmp_path / "broken.tar.gz"
    for content in (whole[: len(whole) // 2], whole[:-4], whole[:40], b"", b"PK\x03\x04 a zip", gzip.compress(b"text")):
        broken.write_bytes(content)
        refused(broken, "is no whole backup")
    for place in range(20, len(whole), len(whole) // 7):
        broken.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        refused(broken, "is no whole backup|is damaged")
    refused(tmp_path / "nowhere.tar.gz", "No such file")
    assert files(elsewhere) == []


def test_a_backup_of_another_release_is_refused_with_the_way_out(kept: Path, elsewhere: Path) -> None:
    def newer(members: Members, manifest: dict[str, Any]) -> None:
        manifest["migrations"].append("progress.9999_from_the_future")

    def older(members: Members, manifest: dict[str, Any]) -> None:
        manifest["migrations"].remove("progress.0001_initial")

    def of_a_format(members: Members, manifest: dict[str, Any]) -> None:
        manifest["format_version"] = 2

    def of_something_else(members: Members, manifest: dict[str, Any]) -> None:
        manifest["format"] = "photographs"

    way_out = "Restore with release 0.1.0 of the tracker, then upgrade"
    refused(resealed(kept, newer), f"progress.9999_from_the_future, which this database has not. {way_out}")
    refused(resealed(kept, older), f"progress.0001_initial, which the backup has not. {way_out}")
    refused(resealed(kept, of_a_format), "is a backup of format 2; this program knows format 1")
    refused(resealed(kept, of_something_else), "is no backup of the tracker")


def test_a_row_that_points_to_none_is_refused_though_every_digest_agrees(kept: Path, elsewhere: Path) -> None:
    def orphan(members: Members, manifest: dict[str, Any]) -> None:
        put(members, manifest, "progress_evidence", "update_id", 999_999)

    refused(resealed(kept, orphan), "The database does not take a row of progress_evidence")
    assert files(elsewhere) == []


def test_a_file_that_would_leave_its_folder_is_refused(kept: Path, elsewhere: Path) -> None:
    def outside(members: Members, manifest: dict[str, Any]) -> None:
        entry = manifest["files"][0]
        members["files/evidence/../../outside"] = members.pop(f"files/evidence/{entry['name']}")
        entry["name"] = "../../outside"

    refused(resealed(kept, outside), "evidence/../../outside, which belongs nowhere here")
    assert files(elsewhere.parent / "new") == []


def test_files_that_are_there_already_are_used_when_they_are_the_same(
    kept: Path, elsewhere: Path, settings: Settings, folder: Path
) -> None:
    settings.EVIDENCE_DIR, settings.DOCUMENTS_DIR = folder / "evidence", folder / "documents"
    there = next((folder / "evidence").glob("*/*"))
    document = next((folder / "documents").glob("*/*"))
    right = document.read_bytes()
    document.write_bytes(b"another")
    refused(kept, "is here already with another content; move it away first")
    assert (there.read_bytes(), document.read_bytes()) == (b"Two units.", b"another")
    document.write_bytes(right)
    restore(kept)
    assert Evidence.objects.get().sha256


def test_what_only_sqlite_takes_is_said_by_row_and_column_on_postgresql(world: World, folder: Path) -> None:
    fill(world)
    backup_to(folder / "b.tar.gz")
    call_command("flush", interactive=False, verbosity=0)

    def putting(table: str, column: str, value: Any) -> Path:
        return resealed(folder / "b.tar.gz", lambda members, manifest: put(members, manifest, table, column, value))

    cases = [
        ("stakeholders_diaryentry", "verb", "v" * 61, "column verb: .* it has 61 characters and 60 are allowed"),
        ("stakeholders_diaryentry", "verb", "a\0b", "column verb: .* it holds the character NUL"),
        ("stakeholders_diaryentry", "detail", '{"a":["\\u0000"]}', "column detail: .* it holds the character NUL"),
        ("stakeholders_diaryentry", "detail", '{"a\\ud800":1}', "column detail: .* half of a pair"),
        ("commitments_measurement", "year", 40_000, "column year: .* 40000 is not between 0 and 32767"),
        ("commitments_measurement", "value", "1234567890123.00", "column value: .* more than 12 digits"),
    ]
    for table, column, value, why in cases:
        path = putting(table, column, value)
        if connection.vendor == "postgresql":
            refused(path, f"{table}, row .*, {why}")
    if connection.vendor == "sqlite":
        restore(putting("stakeholders_diaryentry", "verb", "v" * 61))
        assert DiaryEntry.objects.filter(verb="v" * 61).count() == 1
