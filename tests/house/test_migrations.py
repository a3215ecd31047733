"""Old and new code run side by side while a release is put in place: what a migration may do, tried on made-up ones."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from stakeholders.indexing import AddIndexAside
from stakeholders.models import Mail
from tests.side_by_side import ROOMS, SMALL, faults_of, of_all_rooms


def made_up(*operations: Operation, **attributes: Any) -> migrations.Migration:
    kind = type("Migration", (migrations.Migration,), {"operations": list(operations), **attributes})
    return kind("9999_made_up", "progress")  # type: ignore[no-any-return]  # a class made here


@pytest.fixture
def before() -> ProjectState:
    """A table that grows and one that does not."""
    state = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("note", models.CharField(max_length=100)),
        ("place", models.CharField(max_length=100, null=True)),
        ("number", models.IntegerField(db_default=0)),
    ]
    for name in ("Update", "Cycle"):
        migrations.CreateModel(name, fields).state_forwards("progress", state)
    return state


def words(**options: Any) -> models.CharField[str, str]:
    return models.CharField(**{"max_length": 100} | options)


def in_one_go(apps: Any, schema_editor: Any) -> None:
    for row in apps.get_model("progress", "Update").objects.all():
        row.delete()


def in_batches(apps: Any, schema_editor: Any) -> None:
    for row in apps.get_model("progress", "Update").objects.iterator(chunk_size=500):
        row.delete()


def index(name: str = "by_note") -> models.Index:
    return models.Index(fields=["note"], name=name)


REFUSED: list[tuple[Operation, str]] = [
    (migrations.RemoveField("update", "note"), "RemoveField update.note: the release before still uses it"),
    (migrations.DeleteModel("Update"), "DeleteModel update: the release before still uses it"),
    (migrations.RenameField("update", "note", "words"), "RenameField update.note: the release before"),
    (migrations.RenameModel("Update", "Account"), "RenameModel .*: the release before"),
    (migrations.AlterModelTable("update", "other"), "AlterModelTable update: the release before"),
    (migrations.AddField("update", "new", words()), "AddField update.new: the release before writes rows without it"),
    (
        migrations.AddField("update", "new", words(default="")),
        "give it null=True or db_default",
    ),
    (migrations.AddField("update", "new", words(null=True, db_index=True)), "its index is made while nobody can write"),
    (
        migrations.AlterField("update", "place", words()),
        "AlterField update.place: .* may write nothing",
    ),
    (migrations.AlterField("update", "note", words(max_length=99)), "may not fit any more"),
    (migrations.AlterField("update", "note", models.IntegerField()), "the column becomes another"),
    (migrations.AlterField("update", "note", words(unique=True)), "rows are checked while everybody waits"),
    (migrations.AlterField("update", "note", words(db_index=True)), "its index is made while nobody can write"),
    (migrations.AlterField("update", "number", models.IntegerField()), "may rely on the default of the database"),
    (migrations.AddIndex("update", index()), "AddIndex update.by_note: nobody can write to a large table"),
    (
        migrations.AddConstraint("cycle", models.UniqueConstraint(fields=["note"], name="once")),
        "AddConstraint cycle.once: rows are checked",
    ),
    (migrations.RunPython(in_batches), "RunPython in_batches: there is no way back"),
    (migrations.RunPython(in_one_go, migrations.RunPython.noop), "RunPython in_one_go: it must go in batches"),
    (migrations.RunSQL("SELECT 1", "SELECT 1"), "RunSQL: the gate cannot read SQL"),
    (
        migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("update", "note")]),
        "RemoveField update.note: rows are written without it",
    ),
    (
        migrations.SeparateDatabaseAndState(database_operations=[migrations.RemoveField("update", "note")]),
        "RemoveField update.note: the release before still uses it",
    ),
]

TAKEN: list[Operation] = [
    migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True)), ("note", words(unique=True))]),
    migrations.AddField("update", "new", words(null=True)),
    migrations.AddField("update", "new", words(db_default="")),
    migrations.AddField("cycle", "new", words(null=True, unique=True)),
    migrations.AddField("update", "new", models.ManyToManyField("progress.cycle")),
    migrations.AlterField("update", "note", words(max_length=200, null=True, verbose_name="words")),
    migrations.AddIndex("cycle", index()),
    migrations.RemoveIndex("update", "by_note"),
    migrations.AlterModelOptions("update", {"ordering": ["pk"]}),
    migrations.RunPython(in_batches, migrations.RunPython.noop),
    migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("update", "place")]),
    migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("update", "number")]),
]


@pytest.mark.parametrize(("operation", "why"), REFUSED, ids=lambda value: type(value).__name__)
def test_what_old_code_would_not_survive_is_refused(before: ProjectState, operation: Operation, why: str) -> None:
    with pytest.raises(AssertionError, match=why):
        assert faults_of(made_up(operation), before) == []


@pytest.mark.parametrize("operation", TAKEN, ids=lambda value: type(value).__name__)
def test_what_it_does_not_notice_is_taken(before: ProjectState, operation: Operation) -> None:
    if isinstance(operation, migrations.RemoveIndex):
        migrations.AddIndex("update", index()).state_forwards("progress", before)
    assert faults_of(made_up(operation), before) == []


def test_everything_may_be_done_to_a_table_that_is_new(before: ProjectState) -> None:
    new = migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True))])
    then = migrations.AddField("new", "note", words())
    assert faults_of(made_up(new, then, migrations.AddIndex("new", index())), before) == []


def test_rows_are_not_moved_in_the_transaction_that_changes_tables(before: ProjectState) -> None:
    both = migrations.AddField("update", "new", words(null=True)), migrations.RunPython(in_batches, in_batches)
    assert "give the rows a migration of their own" in faults_of(made_up(*both), before)[0]
    assert faults_of(made_up(*both, atomic=False), before) == []


def test_an_index_is_made_aside_outside_of_a_transaction(before: ProjectState) -> None:
    aside = AddIndexAside("update", index())
    assert faults_of(made_up(aside, atomic=False), before) == []
    assert "atomic = False" in faults_of(made_up(aside), before)[0]


def test_a_reason_lets_one_operation_through_and_nothing_else(before: ProjectState) -> None:
    two = migrations.RemoveField("update", "note"), migrations.RemoveField("update", "place")
    reason = {"RemoveField update.note": "Release 0.3 neither reads nor writes it."}
    (fault,) = faults_of(made_up(*two, side_by_side=reason), before)
    assert "RemoveField update.place" in fault
    (fault,) = faults_of(made_up(two[0], side_by_side={"RemoveField update.note": "fine"}), before)
    assert "too short to be one" in fault
    (fault,) = faults_of(made_up(side_by_side=reason), before)
    assert "gives a reason for RemoveField update.note, where none is needed" in fault


def test_the_migrations_of_all_rooms_hold_to_it() -> None:
    assert of_all_rooms() == []


def test_every_table_that_is_called_small_is_there() -> None:
    known = {model._meta.label_lower for room in ROOMS for model in apps.get_app_config(room).get_models()}
    assert known > SMALL


@pytest.mark.django_db(transaction=True)
def test_an_index_is_made_aside_and_taken_back_on_either_database() -> None:
    operation = AddIndexAside("mail", models.Index(fields=["topic"], name="made_aside"))
    before = ProjectState.from_apps(apps)
    after = before.clone()
    operation.state_forwards("stakeholders", after)

    def indexes() -> set[str]:
        with connection.cursor() as cursor:
            return set(connection.introspection.get_constraints(cursor, Mail._meta.db_table))

    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("stakeholders", editor, before, after)
    assert "made_aside" in indexes()
    with connection.schema_editor(atomic=False) as editor:
        operation.database_backwards("stakeholders", editor, after, before)
    assert "made_aside" not in indexes()
