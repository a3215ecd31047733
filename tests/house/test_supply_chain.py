"""What is installed is what was chosen: pinned, fingerprinted, free of what advisories name, and listed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import advisories

PRODUCTION = ("base.txt", "extras.txt")
ROOT = Path(__file__).resolve().parent.parent.parent


def test_nothing_an_advisory_names_is_locked_or_installed() -> None:
    assert len(advisories.locked()) > 150
    assert len(advisories.installed()) > 60
    assert advisories.faults(advisories.table(), advisories.locked() + advisories.installed()) == []


def test_the_table_speaks_of_packages_we_lock_and_says_what_is_wrong() -> None:
    names = {advisories.canonicalize_name(package) for _where, package, _version in advisories.locked()}
    rows = advisories.table()
    assert len({row.id for row in rows}) == len(rows)
    assert [row.package for row in rows if row.package not in names or not row.what] == []


@pytest.mark.parametrize(("version", "named"), [("5.2.7", True), ("5.2.8", False), ("5.2", True), ("6.0", False)])
def test_a_version_within_the_range_is_found(version: str, named: bool) -> None:
    advisory = advisories.Advisory("X-1", "django", ">=5.2,<5.2.8", "for the test")
    assert bool(advisories.faults([advisory], [("lock", "Django", version)])) is named


def test_the_bill_of_materials_lists_every_pin_of_production(tmp_path: Path) -> None:
    made = tmp_path / "sbom.json"
    subprocess.run(["make", "--no-print-directory", "sbom", f"SBOM={made}"], cwd=ROOT, check=True, capture_output=True)
    bill = json.loads(made.read_text(encoding="utf-8"))
    listed = {(part["name"].lower(), part["version"]) for part in bill["components"]}
    pins = {lock: {(p.lower(), v) for where, p, v in advisories.locked() if where == lock} for lock in PRODUCTION}
    assert bill["bomFormat"] == "CycloneDX"
    assert listed == pins["extras.txt"]
    assert listed > pins["base.txt"]
    again = tmp_path / "again.json"
    subprocess.run(["make", "--no-print-directory", "sbom", f"SBOM={again}"], cwd=ROOT, check=True, capture_output=True)
    assert again.read_bytes() == made.read_bytes()
    assert sys.prefix not in made.read_text(encoding="utf-8")
