"""A backup is only one once it has been restored: the rehearsal does it in a place of its own and removes it."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from progress.actions import save_draft
from tests import factories
from tests.a4p.archives import Members, resealed
from tests.conftest import World

# One after the other: each looks whether a database of a rehearsal is left on the server.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.xdist_group("rehearsal")]


@pytest.fixture(autouse=True)
def _leaves_nothing_behind(folder: Path) -> Iterator[None]:
    before = databases()
    yield
    assert list(folder.glob(".rehearsal-*")) == []
    assert databases() == before


def databases() -> set[str]:
    if connection.vendor == "sqlite":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE '%rehearsal%'")
        return {name for (name,) in cursor.fetchall()}


def rehearse(path: Path, **options: bool | str) -> list[str]:
    out = io.StringIO()
    call_command("rehearse_restore", str(path), stdout=out, **options)
    return out.getvalue().splitlines()


def test_it_compares_every_table_and_file_and_runs_every_check(world: World, with_report: Path) -> None:
    said = rehearse(with_report, against_live=True)
    told = {line[:44].strip(): line[44:].split(maxsplit=1) for line in said}
    assert told["progress_updateversion"] == ["2", "the same"]
    assert told["files of evidence"] == told["files of documents"] == ["1", "the same"]
    assert [told[name] for name in ("diary", "figures", "search index", "newest report")] == [["well"]] * 4
    assert said[-1].startswith("The backup can be restored. Fingerprint: ")
    save_draft(assignment=world.task("1.1"), author=world.alice, based_on=0, **factories.content())
    with pytest.raises(CommandError, match=r"is not what is in use: stakeholders_diaryentry: row .* is only here"):
        rehearse(with_report, against_live=True)


def test_a_diary_that_was_rewritten_is_found_though_every_digest_agrees(with_report: Path) -> None:
    def rewrite(members: Members, manifest: dict[str, object]) -> None:
        name = "rows/stakeholders_diaryentry/000001.jsonl"
        members[name] = members[name].replace(b"update.submit", b"update.publis", 1)

    with pytest.raises(CommandError, match=r"The first: diary: .* the chain breaks at line"):
        rehearse(resealed(with_report, rewrite))


def test_a_damaged_archive_is_not_rehearsed(with_report: Path) -> None:
    with_report.write_bytes(with_report.read_bytes()[:-100])
    with pytest.raises(CommandError, match="is no whole backup"):
        rehearse(with_report)
