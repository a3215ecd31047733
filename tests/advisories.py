"""Compares the table of advisories with every lock and with what is installed.

python -m tests.advisories      fails when a version that an advisory names is locked or installed
"""

import re
import sys
import tomllib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

LOCKS = Path(__file__).resolve().parent.parent / "requirements"
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


@dataclass(frozen=True)
class Advisory:
    id: str
    package: str
    affected: str
    what: str

    def names(self, package: str, version: str) -> bool:
        affected = SpecifierSet(self.affected, prereleases=True)
        return canonicalize_name(package) == self.package and Version(version) in affected


def table() -> list[Advisory]:
    rows = tomllib.loads((LOCKS / "advisories.toml").read_text(encoding="utf-8"))["advisory"]
    return [Advisory(**row) for row in rows]


def locked() -> list[tuple[str, str, str]]:
    """(where, package, version) of every pin of every lock."""
    return [
        (lock.name, package, version)
        for lock in sorted(LOCKS.glob("*.txt"))
        for package, version in PIN.findall(lock.read_text(encoding="utf-8"))
    ]


def installed() -> list[tuple[str, str, str]]:
    return [("installed", found.name, found.version) for found in metadata.distributions()]


def faults(advisories: list[Advisory], versions: list[tuple[str, str, str]]) -> list[str]:
    return [
        f"{where}: {package} {version} is named by {advisory.id} ({advisory.affected}): {advisory.what}"
        for where, package, version in versions
        for advisory in advisories
        if advisory.names(package, version)
    ]


def main() -> int:
    found = faults(table(), locked() + installed())
    print(*found, sep="\n")  # noqa: T201 - this module exists to print
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
