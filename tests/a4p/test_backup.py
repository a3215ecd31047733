"""An administrator keeps everything in one file, while people go on working."""

import errno
import io
import os
import stat
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import models

from a4p.backup import archive
from a4p.backup.places import one_instant
from a4p.backup.tables import LEFT_OUT, all_tables, line_of
from progress.actions import save_draft
from progress.models import Evidence, UpdateVersion
from stakeholders.files import digest
from stakeholders.models import User
from tests import factories
from tests.a4p.archives import fill, read
from tests.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)


def backup(target: Path) -> str:
    out = io.StringIO()
    call_command("backup", str(target), stdout=out)
    return out.getvalue()


def test_a_folder_gets_a_file_of_its_own_that_nobody_else_may_read(world: World, folder: Path) -> None:
    report = fill(world)
    said = backup(folder)
    (made,) = folder.glob("a4p-20261110T1200*Z.tar.gz")
    manifest = archive.check(made)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert [path.name for path in folder.glob(".part-*")] == []
    assert manifest.fingerprint in said
    assert f"{len(manifest.tables)} tables and 2 files, {made.stat().st_size} bytes" in said
    assert manifest.tables["stakeholders_user"]["rows"] == User.objects.count()
    piece = Evidence.objects.get()
    assert [(f["store"], f["name"], f["sha256"]) for f in manifest.files] == [
        ("evidence", piece.stored_as, piece.sha256),
        ("documents", f"{report.pk}/en.html", digest(b"<!doctype html>")),
    ]
    assert read(made)[f"files/evidence/{piece.stored_as}"] == b"Two units."


def test_the_secret_of_the_installation_is_not_in_it(world: World, folder: Path) -> None:
    fill(world)
    backup(folder / "b.tar.gz")
    assert not any(settings.SECRET_KEY.encode() in content for content in read(folder / "b.tar.gz").values())


def test_it_is_as_of_one_instant_and_keeps_nobody_waiting(world: World, folder: Path) -> None:
    with one_instant("default") as instant:
        tables = {table.name: table for table in all_tables()}
        versions = tables[UpdateVersion._meta.db_table]
        before = versions.measure(instant)
        save_draft(assignment=world.task("2.1"), author=world.alice, based_on=0, **factories.content())
        assert UpdateVersion.objects.count() == 1
        assert versions.measure(instant) == before == (0, digest(b""))


def test_through_a_pipe_goes_the_archive_and_nothing_else(
    world: World, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    fill(world)
    capfdbinary.readouterr()
    call_command("backup", "-")
    sent, said = capfdbinary.readouterr()
    (folder / "piped.tar.gz").write_bytes(sent)
    assert archive.check(folder / "piped.tar.gz").fingerprint in said.decode()


def test_a_file_that_is_gone_or_changed_is_named_and_all_others_are_kept(world: World, folder: Path) -> None:
    report = fill(world)
    (folder / "evidence" / Evidence.objects.get().stored_as).unlink()
    (folder / "documents" / f"{report.pk}/en.html").write_bytes(b"<!doctype html >")
    with pytest.raises(CommandError, match="2 files could not be kept") as refusal:
        backup(folder / "b.tar.gz")
    faults = archive.check(folder / "b.tar.gz").content["faults"]
    assert faults == [
        f"evidence/{Evidence.objects.get().stored_as} is missing",
        f"documents/{report.pk}/en.html is not the file that was stored",
    ]
    assert all(fault in str(refusal.value) for fault in faults)


def test_no_backup_is_written_over_another(world: World, folder: Path) -> None:
    (folder / "b.tar.gz").write_bytes(b"the only one")
    with pytest.raises(CommandError, match="exists already"):
        backup(folder / "b.tar.gz")
    assert (folder / "b.tar.gz").read_bytes() == b"the only one"


def test_a_full_disk_leaves_no_stump(world: World, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CommandError, match="No space left on device"):
        backup(folder / "b.tar.gz")
    assert list(folder.iterdir()) == []


def test_rows_are_cut_into_parts_and_lie_in_the_order_of_their_keys(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "PART_BYTES", 300)
    backup(folder / "b.tar.gz")
    archive.check(folder / "b.tar.gz")
    parts = {name: raw for name, raw in read(folder / "b.tar.gz").items() if name.startswith("rows/stakeholders_user/")}
    assert len(parts) > 1
    keys = [row[0] for raw in parts.values() for row in archive.rows_in(raw)]
    people = User.objects.order_by("pk").values_list("pk", flat=True)
    assert (list(parts), keys) == (sorted(parts), list(people))


def test_every_table_is_kept_or_left_out_in_writing_and_stands_after_those_it_points_to() -> None:
    tables = all_tables()
    every = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert {table.name for table in tables} == every - LEFT_OUT
    assert every >= LEFT_OUT
    seen: set[str] = set()
    for table in tables:
        seen.add(table.name)
        kinds = {column.name: column.kind for column in table.columns}
        key = table.model._meta.pk
        assert key is not None
        # Two databases do not put texts in the same order.
        assert kinds[str(key.column)] in ("int", "uuid"), table.name
        for field in table.model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey):
                assert field.related_model._meta.db_table in seen, f"{table.name}.{field.name}"


def test_a_line_keeps_every_letter_as_it_is() -> None:
    assert line_of([1, "é两ت", None, True]) == '[1,"é两ت",null,true]\n'.encode()
