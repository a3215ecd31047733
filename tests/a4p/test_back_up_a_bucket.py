"""Files that lie in a bucket are kept and come back like those in a folder, from the one to the other."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import Settings

from a4p.backup.rehearsing import STILL_KNOWN
from a4p.env import VARIABLES, environment_with
from tests.a4p.archives import backup_to, fill, held
from tests.conftest import World
from tests.stakeholders.test_keep_files_in_a_bucket import bucket, names, service  # noqa: F401 - fixtures of that story


@pytest.mark.django_db(transaction=True)
def test_from_a_bucket_to_a_folder_and_back(world: World, folder: Path, bucket: Any, settings: Settings) -> None:  # noqa: F811 - the fixture
    fill(world)
    before = backup_to(folder / "from_bucket.tar.gz")
    assert len(names(bucket)) == len(before.files) == 2

    address, settings.BUCKET = settings.BUCKET, None
    restore(folder / "from_bucket.tar.gz")
    assert held(backup_to(folder / "from_folder.tar.gz")) == held(before)

    settings.BUCKET = address
    bucket.objects.delete()
    restore(folder / "from_folder.tar.gz")
    assert len(names(bucket)) == 2
    assert held(backup_to(folder / "again.tar.gz")) == held(before)


def restore(path: Path) -> None:
    call_command("flush", interactive=False, verbosity=0)
    call_command("restore", str(path), stdout=io.StringIO())


def test_a_rehearsal_knows_nothing_of_what_is_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.setenv(name, "in use")
        monkeypatch.setenv(f"{name}_FILE", "in use")
    place = environment_with(STILL_KNOWN, {"DATA_DIR": "scratch", "DATABASE_URL": "scratch"})
    known = {name for name in VARIABLES if place[name]}
    assert known == {*STILL_KNOWN, "DATA_DIR", "DATABASE_URL"} - {"SECRET_KEY_FILE"}
    assert [name for name, variable in VARIABLES.items() if variable.is_secret and place[f"{name}_FILE"]] == [
        "SECRET_KEY"
    ]
