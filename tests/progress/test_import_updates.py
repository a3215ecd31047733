"""Alice takes her updates away, writes on in a spreadsheet and brings them back, by the rules of typed ones."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from progress import actions
from progress.models import Update, UpdateVersion
from progress.update_rows import UPDATES
from stakeholders.diary import first_break
from stakeholders.models import AppointmentRole, DiaryEntry
from tests import factories
from tests.conftest import World

ARABIC = "دُربت وحدتان وجُهزتا، وستُنشران في الربع المقبل من هذه السنة."


def row(world: World, code: str, **changes: str) -> dict[str, str]:
    values = {
        "cycle": world.cycle.key,
        "stakeholder": "state-alpha",
        "commitment": world.commitments[code].uid,
        "state": "draft",
        "version": "",
        "language": "en",
        "status": "in_progress",
        "narrative": "Two units were trained and equipped.",
        "obstacles": "",
        "next_steps": "",
        "sources": "",
    }
    return values | changes


def write(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, UPDATES.column_names)
        writer.writeheader()
        writer.writerows(rows)
    return path


def bring_in(path: Path, email: str = "alice@alpha.example", **options: object) -> str:
    out = StringIO()
    call_command("import_data", "updates", path, email=email, stdout=out, stderr=out, **options)
    return out.getvalue()


def refused(path: Path, email: str = "alice@alpha.example") -> str:
    out = StringIO()
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("import_data", "updates", path, email=email, stdout=out, stderr=out)
    return out.getvalue()


def test_rows_become_drafts_and_submitted_updates_with_their_lines_in_the_diary(world: World, tmp_path: Path) -> None:
    path = write(
        tmp_path / "updates.csv",
        row(world, "1.1", language="ar", narrative=ARABIC),
        row(world, "2.1", state="submitted", narrative="=SUM(1)\nTwo units."),
    )
    assert "2 created" in bring_in(path, dry_run=True)
    assert not Update.objects.exists()
    assert "2 created, 0 changed, 0 unchanged." in bring_in(path)
    draft, submitted = Update.objects.order_by("assignment__commitment__position")
    assert (draft.state, draft.version, draft.versions.get().narrative) == ("draft", 1, ARABIC)
    version = submitted.versions.get()
    assert (submitted.state, version.narrative, version.author) == ("submitted", "=SUM(1)\nTwo units.", world.alice)
    assert version.submitted_at is not None
    assert list(submitted.transitions.values_list("verb", flat=True)) == ["submit"]
    verbs = DiaryEntry.objects.filter(verb__startswith="update").order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["update.saved", "update.saved", "update.submit", "updates.imported"]
    assert first_break() is None


def test_bringing_the_same_file_in_again_changes_nothing(world: World, tmp_path: Path) -> None:
    path = write(tmp_path / "updates.csv", row(world, "1.1"), row(world, "2.1", state="submitted"))
    bring_in(path)
    assert "0 created, 0 changed, 2 unchanged." in bring_in(path)
    assert UpdateVersion.objects.count() == 2


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_what_goes_out_comes_back_as_it_was(world: World, tmp_path: Path, form: str) -> None:
    factories.published(world.task("1.2"), world.alice, world.dana)
    factories.submitted(world.task("2.1"), world.alice, narrative="'=1\tone")
    actions.save_draft(assignment=world.task("1.1"), author=world.alice, based_on=0, **factories.content(language="en"))
    path = tmp_path / f"updates.{form}"
    call_command("export_data", "updates", format=form, out=path, stdout=StringIO())
    assert "0 created, 0 changed, 3 unchanged." in bring_in(path)
    again = tmp_path / f"again.{form}"
    call_command("export_data", "updates", format=form, out=again, stdout=StringIO())
    assert path.read_bytes() == again.read_bytes()


def test_a_draft_is_changed_and_handed_in(world: World, tmp_path: Path) -> None:
    actions.save_draft(assignment=world.task("1.1"), author=world.alice, based_on=0, **factories.content())
    actions.save_draft(assignment=world.task("2.1"), author=world.alice, based_on=0, **factories.content())
    path = write(
        tmp_path / "updates.csv",
        row(world, "1.1", version="1", state="submitted"),
        row(world, "2.1", version="1", narrative="Three units."),
    )
    told = bring_in(path, dry_run=True)
    assert "state: “draft” -> “submitted”" in told
    assert "narrative: “Two units were trained and equipped.” -> “Three units.”" in told
    assert "0 created, 2 changed, 0 unchanged." in bring_in(path)
    assert (world.task("1.1").update.state, world.task("1.1").update.version) == ("submitted", 1)
    assert world.task("1.1").update.versions.get().submitted_at is not None
    assert (world.task("2.1").update.state, world.task("2.1").update.version) == ("draft", 2)


def test_where_an_approver_must_agree_the_author_only_proposes(world: World, tmp_path: Path) -> None:
    world.alpha.needs_approval = True
    world.alpha.save()
    bring_in(write(tmp_path / "updates.csv", row(world, "1.1", state="submitted")))
    update = Update.objects.get()
    assert (update.state, update.versions.get().submitted_at) == ("awaiting_approval", None)


def test_each_row_that_a_form_would_refuse_is_named_and_nothing_comes_in(world: World, tmp_path: Path) -> None:
    factories.submitted(world.task("1.2"), world.alice)
    path = write(
        tmp_path / "updates.csv",
        row(world, "1.1"),
        row(world, "1.1"),
        row(world, "2.1", stakeholder="state-beta"),
        row(world, "2.1", status="late"),
        row(world, "2.1", state="submitted", narrative=""),
        row(world, "1.2", version="1", narrative="Other words."),
        row(world, "2.2", cycle="2030-q1"),
        row(world, "2.1", language="ru", narrative="Plainly English words and nothing else."),
    )
    told = refused(path)
    assert "row 3, column “cycle”, value “2026-q4”: stands in line 2 already." in told
    assert "row 4, column “commitment”, value “test-c003”: is not asked of this stakeholder in this cycle." in told
    assert "row 5, column “status”, value “late”: allowed are" in told
    assert "row 6, column “narrative”, value “”: Say what was done" in told
    assert "row 7, column “state”" in told
    assert "row 8, column “cycle”, value “2030-q1”: is no cycle." in told
    assert Update.objects.count() == 1


def test_nobody_writes_for_others_and_an_import_never_publishes(world: World, tmp_path: Path) -> None:
    path = write(tmp_path / "updates.csv", row(world, "1.1"))
    assert "is none of those you write for." in refused(path, "dana@un.example")
    assert "needs an author" in refused(path, "")
    path = write(tmp_path / "updates.csv", row(world, "1.1", state="published"))
    assert "an import makes drafts and submitted updates only." in refused(path)
    assert not Update.objects.exists()


def test_whoever_runs_the_service_enters_what_was_published_elsewhere(world: World, tmp_path: Path) -> None:
    sourced = row(world, "1.1", state="published", sources="A/72/19")
    assert "1 created" in bring_in(write(tmp_path / "updates.csv", sourced), "")
    version = UpdateVersion.objects.published().get()
    assert (version.from_published_source, version.author) == (True, None)
    bare = row(world, "1.2", state="published")
    assert "must name where this was published" in refused(write(tmp_path / "bare.csv", bare), "")


def test_words_saved_meanwhile_are_not_written_over(world: World, tmp_path: Path) -> None:
    actions.save_draft(assignment=world.task("1.1"), author=world.alice, based_on=0, **factories.content())
    mine = write(tmp_path / "updates.csv", row(world, "1.1", version="1", narrative="Mine."))
    actions.save_draft(
        assignment=world.task("1.1"), author=world.alice, based_on=1, **factories.content(narrative="Saved meanwhile.")
    )
    assert "version 2 was saved meanwhile." in refused(mine)


def test_queries_grow_with_stakeholders_and_not_with_rows(
    world: World, tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    party = [factories.stakeholder(f"state-{n:03}", f"State {n}") for n in range(200)]
    cycle = factories.open_cycle(2027, 1)
    for who in party:
        factories.appointment(world.alice, who, AppointmentRole.AUTHOR)
    rows = [
        row(world, code, cycle=cycle.key, stakeholder=who.code, state="submitted")
        for who in party
        for code in ("1.1", "1.2")
    ]
    path = write(tmp_path / "updates.csv", *rows)
    with django_assert_max_num_queries(
        2 * 2 * len(party) + 100
    ):  # two passes; a stakeholder is asked about once in each
        bring_in(path)
    assert Update.objects.filter(state="submitted").count() == 400
    assert first_break() is None
