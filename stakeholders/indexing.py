"""An operation for migrations: an index made while people go on writing."""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddIndex
from django.db.migrations.state import ProjectState


class AddIndexAside(AddIndexConcurrently):
    """On PostgreSQL nobody waits for it, in a migration with `atomic = False`; SQLite makes it as it makes all."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self._in_its_way(schema_editor).database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self._in_its_way(schema_editor).database_backwards(self, app_label, schema_editor, from_state, to_state)

    def _in_its_way(self, schema_editor: BaseDatabaseSchemaEditor) -> type[Any]:
        return AddIndexConcurrently if schema_editor.connection.vendor == "postgresql" else AddIndex
