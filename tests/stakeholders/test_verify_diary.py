"""The administrator checks the diary, and auditors take it away."""

import hashlib
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from stakeholders.models import DiaryEntry
from tests import factories
from tests.conftest import World


def verify(*arguments: str) -> str:
    out = StringIO()
    call_command("verify_diary", *arguments, stdout=out)
    return out.getvalue().strip()


def test_a_whole_diary_is_said_to_be_whole(world: World) -> None:
    factories.published(world.task("2.1"), world.alice, world.dana)
    assert verify() == f"{DiaryEntry.objects.count()} lines checked; the chain is whole."


@pytest.mark.parametrize("field", ["verb", "actor_id", "at", "door", "detail", "subject_id", "hash"])
def test_a_changed_line_is_named(world: World, field: str) -> None:
    factories.published(world.task("2.1"), world.alice, world.dana)
    line = DiaryEntry.objects.get(number=3)
    other = {"actor_id": world.omar.pk, "at": factories.NOON.replace(year=2025), "detail": {"version": 9}}
    DiaryEntry.objects.filter(pk=line.pk).update(**{field: other.get(field, "another")})
    with pytest.raises(CommandError, match="the chain breaks at line 3 of") as refused:
        verify()
    assert refused.value.returncode == 1


def test_a_removed_line_shows_at_the_next(world: World) -> None:
    factories.published(world.task("2.1"), world.alice, world.dana)
    DiaryEntry.objects.filter(number=2).delete()
    with pytest.raises(CommandError, match="the chain breaks at line 3 of"):
        verify()


def test_auditors_can_check_the_export_by_themselves(world: World, tmp_path: Path) -> None:
    factories.published(world.task("2.1"), world.alice, world.dana, narrative="لم يتغير شيء")
    file = tmp_path / "diary.jsonl"
    verify("--export", str(file))
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [row["number"] for row in rows] == list(range(1, DiaryEntry.objects.count() + 1))
    previous = ""
    for row in rows:
        assert row["previous_hash"] == previous
        previous = row.pop("hash")
        content = json.dumps(list(row.values()), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(content.encode()).hexdigest() == previous


def test_a_broken_diary_is_exported_whole_too(world: World, tmp_path: Path) -> None:
    factories.published(world.task("2.1"), world.alice, world.dana)
    DiaryEntry.objects.filter(number=2).update(verb="another")
    file = tmp_path / "diary.jsonl"
    with pytest.raises(CommandError):
        verify("--export", str(file))
    assert len(file.read_text(encoding="utf-8").splitlines()) == DiaryEntry.objects.count()
