"""A place with something of everything in it, and backups that somebody has changed."""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.utils import timezone

from a4p.backup import archive
from commitments.models import Indicator, Measurement
from progress.models import UpdateVersion
from reports import actions as report_actions
from reports import storage as documents
from reports.actions.producing import frozen_content
from reports.models import Report
from tests import factories
from tests.conftest import World

Members = dict[str, bytes]


def fill(world: World) -> Report:
    """Words in two scripts, published and not, a translation, evidence, a number, a report with a file."""
    file = factories.text_file(words="Two units.")
    update = factories.published(world.task("2.1"), world.alice, world.dana, evidence=file, narrative="تدريب وحدتين.")
    factories.submitted(world.task("1.2"), world.alice, narrative="两个单位 \u2028 \N{GRINNING FACE} \\u0000")
    factories.assessed(world.task("1.1"), world.dana)
    factories.token(world.alice)
    version: UpdateVersion = update.versions.get()
    factories.actions.record_translation(version=version, language="fr", narrative="Deux unités.")
    indicator = Indicator.objects.create(
        uid="test-share", dataset="troops_by_sex", **factories.in_six("title", "Share")
    )
    Measurement.objects.create(indicator=indicator, year=2026, value="123456789012.05", imported_at=timezone.now())
    report: Report = report_actions.compile_report(cycle=world.cycle, requester=world.dana, request_key=uuid4())
    frozen_content(report)
    stored = documents.store(f"{report.pk}/en.html", b"<!doctype html>")
    report.documents.filter(language="en", format="html").update(
        state="ready", file=stored.name, size=stored.size, sha256=stored.sha256, finished_at=timezone.now()
    )
    return report


def backup_to(path: Path) -> archive.Manifest:
    call_command("backup", str(path), stdout=io.StringIO())
    return archive.check(path)


def held(manifest: archive.Manifest) -> tuple[Any, Any]:
    """All that a backup says about rows and files, without the time and the keys that were given out meanwhile."""
    tables = {name: (table["rows"], table["sha256"]) for name, table in manifest.tables.items()}
    return tables, manifest.files


def read(path: Path) -> Members:
    return dict(archive.members(path))


def write(path: Path, members: Members) -> None:
    with gzip.open(path, "wb") as zipped, tarfile.open(fileobj=zipped, mode="w|") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))


def changed(path: Path, change: Callable[[Members], None]) -> Path:
    """A sound archive whose content is another, beside the first."""
    members = read(path)
    change(members)
    other = path.with_name("changed.tar.gz")
    write(other, members)
    return other


def resealed(path: Path, change: Callable[[Members, dict[str, Any]], None]) -> Path:
    """The work of somebody who knows the format: every digest in the manifest agrees again."""

    def both(members: Members) -> None:
        manifest = json.loads(members[archive.MANIFEST])
        change(members, manifest)
        for table in manifest["tables"]:
            raw = b"".join(content for name, content in members.items() if name.startswith(f"rows/{table['name']}/"))
            table |= {"rows": raw.count(b"\n"), "sha256": hashlib.sha256(raw).hexdigest()}
        members[archive.MANIFEST] = json.dumps(manifest).encode()

    return changed(path, both)
