"""Restoring into a place of its own: another database, another folder, and processes that know of nothing else."""

import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import dj_database_url
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.utils import load_backend

from a4p.backup.places import has_no_tables, patient_connection
from a4p.backup.refusals import Refused
from a4p.env import environment_with

SCRATCH = "rehearsal"

LONGEST_NAME = 63  # of a PostgreSQL database

# What a process in the scratch place still knows of this one. All other variables are at their defaults there, which
# lie in DATA_DIR or nowhere: no cache, broker, mail server or store of files that is in use can be reached.
STILL_KNOWN = (
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "SECRET_KEY_FALLBACKS",
    "SITE_ADDRESS",
    "DEMONSTRATION",
    "DOCUMENT_TIME_LIMIT",
    "LOG_LEVEL",
)


@contextmanager
def scratch_place(database: str = "") -> Iterator[dict[str, str]]:
    """The environment of processes that work in a place which is removed afterwards.

    `database` is the address of an empty PostgreSQL database to use; without one, a database of the kind in use is
    made. Raises Refused when it is not empty.
    """
    folder = Path(tempfile.mkdtemp(prefix=".rehearsal-", dir=settings.DATA_DIR))
    try:
        with _scratch_database(folder, database) as url:
            changed = {"DATA_DIR": str(folder), "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "a4p.settings"}
            yield environment_with(STILL_KNOWN, changed)
    finally:
        shutil.rmtree(folder)


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs manage.py in another place; what it says is on its `stdout`."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    return subprocess.run(  # noqa: S603 - our own program, with arguments of the operator
        command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )


@contextmanager
def _scratch_database(folder: Path, given: str) -> Iterator[str]:
    if given:
        with _given_database(given):
            yield given
    elif connections["default"].vendor == "sqlite":
        yield f"sqlite:///{folder / 'rehearsal.sqlite3'}"
    else:
        with _new_database() as url:
            yield url


@contextmanager
def _given_database(url: str) -> Iterator[None]:
    """Tables are dropped afterwards, and since there were none before, they are the rehearsal's own."""
    if not url.startswith(("postgres://", "postgresql://")):
        raise Refused("The database of a rehearsal must be given as postgres://…")
    settings_of_it = connections.configure_settings({DEFAULT_DB_ALIAS: dict(dj_database_url.parse(url))})
    backend = load_backend("django.db.backends.postgresql")
    connection = connections[SCRATCH] = backend.DatabaseWrapper(settings_of_it[DEFAULT_DB_ALIAS], SCRATCH)
    try:
        if not has_no_tables(SCRATCH):
            raise Refused("The database given for the rehearsal has tables; it must be empty.")
        yield
        for name in connection.introspection.table_names():
            _run(SCRATCH, f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)} CASCADE")
    finally:
        connection.close()
        del connections[SCRATCH]


@contextmanager
def _new_database() -> Iterator[str]:
    """A new database on the server in use. Its role must be allowed to make some."""
    ending = f"_rehearsal_{secrets.token_hex(4)}"
    name = connections["default"].settings_dict["NAME"][: LONGEST_NAME - len(ending)] + ending
    with patient_connection("default") as alias:
        try:
            _run(alias, f'CREATE DATABASE "{name}"')
        except DatabaseError as error:
            advice = "Give the address of an empty one with --database."
            raise Refused(f"No database can be made for the rehearsal: {error} {advice}") from error
        try:
            yield urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}"))
        finally:
            _run(alias, f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(using: str, statement: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(statement)
