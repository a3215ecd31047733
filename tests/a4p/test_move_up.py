"""From the embedded database to PostgreSQL and back: keys, diary, files and every value stay what they are.

On PostgreSQL the place in between is SQLite, so both ways are gone; on SQLite it is another SQLite.
"""

from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from a4p.backup import archive
from a4p.backup.rehearsing import STILL_KNOWN, manage
from a4p.env import environment_with
from stakeholders.diary import first_break
from tests.a4p.archives import backup_to, held

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_everything_goes_to_the_other_database_and_back(with_report: Path, settings: Settings, tmp_path: Path) -> None:
    here = archive.check(with_report)
    embedded = environment_with(
        STILL_KNOWN,
        {
            "DATA_DIR": str(tmp_path / "embedded"),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'embedded.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "a4p.settings",
        },
    )
    there_and_back = tmp_path / "embedded.tar.gz"
    for arguments in (
        ("restore", str(with_report)),
        ("verify_restored", str(with_report)),
        ("backup", str(there_and_back)),
    ):
        done = manage(embedded, *arguments)
        assert done.returncode == 0, done.stdout
    there = archive.check(there_and_back)
    assert there.content["database"] == "sqlite"
    assert held(there) == held(here)

    call_command("flush", interactive=False, verbosity=0)
    settings.EVIDENCE_DIR, settings.DOCUMENTS_DIR = tmp_path / "back/evidence", tmp_path / "back/documents"
    call_command("restore", str(there_and_back))
    assert held(backup_to(tmp_path / "back.tar.gz")) == held(here)
    assert first_break() is None
