"""Whether the release before a migration can go on working on the database that the migration leaves.

While a release is put in place, old and new processes run side by side. A migration may add what the old code does
not know; it may not take away or narrow what the old code uses, nor make everybody wait for a large table. Where one
has to, its class says why it does no harm, operation by operation:

    class Migration(migrations.Migration):
        side_by_side = {"RemoveField update.note": "Release 0.3 neither reads nor writes it; it may hold nothing."}

python -m tests.side_by_side    names what is refused in the migrations of all rooms, and ends with 1

docs/decisions/007-side-by-side.md has the rules with what to do instead.
"""

import inspect
import os
import sys
from collections.abc import Iterator
from typing import TypeAlias

import django
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.fields import NOT_PROVIDED

ROOMS = ("stakeholders", "commitments", "progress", "reports")
# Migrations up to these were written before there was a release to run beside.
BEFORE_THE_RULE = {"stakeholders": 7, "commitments": 2, "progress": 9, "reports": 2}
# Tables that stay small, so that an index on one is made in no time. All others grow with every cycle.
SMALL = {
    *(f"stakeholders.{name}" for name in ("stakeholder", "user", "appointment", "capacity", "clocktick")),
    *(f"stakeholders.{name}" for name in ("invitation", "token")),
    *(f"commitments.{name}" for name in ("declaration", "area", "commitment", "commitmentowner", "indicator")),
    *(f"commitments.{name}" for name in ("frame", "frameitem", "reference", "measurement")),
    *(f"progress.{name}" for name in ("cycle", "reminderplan")),
}
HARMLESS = (
    operations.CreateModel,
    operations.RemoveIndex,
    operations.RemoveConstraint,
    operations.RenameIndex,
    operations.AlterModelOptions,
    operations.AlterModelManagers,
    operations.AlterModelTableComment,
)
TAKES_AWAY = (
    operations.RemoveField,
    operations.DeleteModel,
    operations.RenameField,
    operations.RenameModel,
    operations.AlterModelTable,
    operations.AlterOrderWithRespectTo,
)
LEAST_WORDS = 5  # of a reason

Fault = tuple[str, str]  # what, as `side_by_side` names it, and why it is refused
Field: TypeAlias = "models.Field[object, object]"


def faults_of(migration: Migration, before: ProjectState) -> list[str]:
    """What is refused in a migration for which no reason is given, and reasons given for nothing."""
    reasons: dict[str, str] = dict(getattr(migration, "side_by_side", {}))
    found = dict(_judge_all(migration, before))
    faults = [f"{migration}: {what}: {why}" for what, why in found.items() if what not in reasons]
    for what, reason in reasons.items():
        if what not in found:
            faults.append(f"{migration}: side_by_side gives a reason for {what}, where none is needed.")
        elif len(reason.split()) < LEAST_WORDS:
            faults.append(f"{migration}: the reason for {what} is too short to be one.")
    return faults


def _judge_all(migration: Migration, before: ProjectState) -> Iterator[Fault]:
    judge = _Judge(migration, before.clone())
    for operation in migration.operations:
        yield from judge.judge(operation)
        operation.state_forwards(migration.app_label, judge.state)
    if judge.moves_rows and judge.changes_tables and migration.atomic:
        yield "atomic", "it changes tables and moves rows in one transaction; give the rows a migration of their own"


class _Judge:
    """Judges one operation after another. `state` is what there is before the one at hand."""

    def __init__(self, migration: Migration, state: ProjectState) -> None:
        self.migration = migration
        self.room = migration.app_label
        self.state = state
        self.made: set[str] = set()  # tables of this migration: no old code knows them, and they are empty
        self.moves_rows = self.changes_tables = False

    def judge(self, operation: Operation) -> Iterator[Fault]:
        if isinstance(operation, operations.SeparateDatabaseAndState):
            for inner in operation.database_operations:
                yield from self.judge(inner)
            for inner in operation.state_operations:
                yield from self._forgotten(inner)
        elif isinstance(operation, operations.RunPython | operations.RunSQL):
            self.moves_rows = True
            yield from self._code(operation)
        elif isinstance(operation, operations.CreateModel):
            self.made.add(operation.name_lower)
        else:
            yield from self._table(operation)

    def _table(self, operation: Operation) -> Iterator[Fault]:
        name = str(getattr(operation, "model_name_lower", getattr(operation, "name_lower", "")))
        if name in self.made:
            return
        self.changes_tables = True
        what = _name_of(operation, name)
        if isinstance(operation, TAKES_AWAY):
            yield what, "the release before still uses it; stop using it in one release, remove it in the next"
        elif isinstance(operation, operations.AddField):
            yield from self._added(what, name, operation.field)
        elif isinstance(operation, operations.AlterField):
            old: Field = self.state.models[self.room, name].fields[operation.name]
            yield from self._altered(what, name, old, operation.field)
        elif isinstance(operation, AddIndexConcurrently):
            if self.migration.atomic:
                yield what, "an index is made aside outside of a transaction: atomic = False"
        elif isinstance(operation, operations.AddIndex):
            if self._grows(name):
                yield what, "nobody can write to a large table until it is made; use AddIndexAside"
        elif isinstance(operation, operations.AddConstraint | operations.AlterUniqueTogether):
            yield what, "rows are checked while everybody waits, and the release before does not know of it"
        elif not isinstance(operation, HARMLESS):
            yield what, "the gate does not know this operation"

    def _added(self, what: str, name: str, field: Field) -> Iterator[Fault]:
        if field.many_to_many:
            return
        if not field.null and field.db_default is NOT_PROVIDED:
            yield what, "the release before writes rows without it; give it null=True or db_default"
        elif self._grows(name) and (field.unique or field.db_index):
            yield what, "its index is made while nobody can write; add it without one, then AddIndexAside"

    def _altered(self, what: str, name: str, old: Field, new: Field) -> Iterator[Fault]:
        if old.get_internal_type() != new.get_internal_type() or old.db_column != new.db_column:
            yield what, "the column becomes another; add a new one, fill it, read it, and remove the old one later"
        elif old.null and not new.null:
            yield what, "the release before may write nothing into it"
        elif _is_narrower(old, new):
            yield what, "what the release before writes may not fit any more"
        elif old.db_default is not NOT_PROVIDED and new.db_default is NOT_PROVIDED:
            yield what, "the release before may rely on the default of the database"
        elif new.unique and not old.unique:
            yield what, "rows are checked while everybody waits, and the release before does not know of it"
        elif self._grows(name) and new.db_index and not old.db_index:
            yield what, "its index is made while nobody can write; use AddIndexAside"

    def _forgotten(self, operation: Operation) -> Iterator[Fault]:
        """The code forgets a column that stays, the first step of a removal: rows are written without it now."""
        if isinstance(operation, operations.RemoveField):
            field: Field = self.state.models[self.room, operation.model_name_lower].fields[operation.name]
            if not field.null and field.db_default is NOT_PROVIDED:
                what = _name_of(operation, operation.model_name_lower)
                yield what, "rows are written without it; let it be null or have a db_default first"

    def _code(self, operation: Operation) -> Iterator[Fault]:
        if isinstance(operation, operations.RunSQL):
            yield "RunSQL", "the gate cannot read SQL"
        elif isinstance(operation, operations.RunPython):
            what = f"RunPython {operation.code.__name__}"
            if not operation.reversible:
                yield what, "there is no way back; RunPython.noop is one where nothing has to be undone"
            elif not _goes_in_batches(operation):
                yield what, "it must go in batches: .iterator(), or batch_size"

    def _grows(self, name: str) -> bool:
        return f"{self.room}.{name}" not in SMALL


def _name_of(operation: Operation, model: str) -> str:
    """RemoveField update.note"""
    part = getattr(operation, "name", "") or getattr(operation, "old_name", "")
    for holder in ("index", "constraint"):
        part = getattr(getattr(operation, holder, None), "name", "") or part
    own = type(operation).__name__
    return f"{own} {model}.{part}" if part and part.lower() != model else f"{own} {model}"


def _is_narrower(old: Field, new: Field) -> bool:
    for name in ("max_length", "max_digits"):
        before, after = getattr(old, name, None), getattr(new, name, None)
        if after is not None and (before is None or after < before):
            return True
    return getattr(old, "decimal_places", None) != getattr(new, "decimal_places", None)


def _goes_in_batches(operation: operations.RunPython) -> bool:
    if operation.code is operations.RunPython.noop:
        return True
    source = inspect.getsource(operation.code)
    return ".iterator(" in source or "batch_size" in source


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    faults = of_all_rooms()
    print(*faults, sep="\n")  # noqa: T201 - this module exists to print
    return 1 if faults else 0


def of_all_rooms() -> list[str]:
    loader = MigrationLoader(None)
    faults = []
    for (room, name), migration in sorted(loader.disk_migrations.items()):
        if room in ROOMS and int(name[:4]) > BEFORE_THE_RULE[room]:
            faults += faults_of(migration, loader.project_state((room, name), at_end=False))
    return faults


if __name__ == "__main__":
    sys.exit(main())
