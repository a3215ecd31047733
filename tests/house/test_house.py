"""The rules of the house that nobody would remember otherwise."""

import ast
import re
import subprocess
from pathlib import Path

from a4p.env import VARIABLES

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("a4p", "stakeholders", "commitments", "progress", "reports")
SOURCES = [p for room in ROOMS for p in sorted((ROOT / room).rglob("*.py")) if "migrations" not in p.parts]


def test_the_rooms_were_visited() -> None:
    assert len(SOURCES) > 80


def test_no_file_is_long_and_none_is_called_utils() -> None:
    assert [p.name for p in SOURCES if len(p.read_text(encoding="utf-8").splitlines()) > 400] == []
    assert [p.name for p in SOURCES if p.stem in ("utils", "helpers", "common", "core")] == []


def test_no_function_is_long() -> None:
    long = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 60:
                long.append(f"{path.name}:{node.name}")
    assert long == []


def test_no_save_is_overridden_and_no_signal_is_sent_among_our_rooms() -> None:
    text = {p: p.read_text(encoding="utf-8") for p in SOURCES}
    assert [p.name for p, t in text.items() if re.search(r"def save\(self", t)] == []
    assert [p.name for p, t in text.items() if "django.db.models.signals" in t or "Signal()" in t] == []


def test_every_setting_is_explained_with_its_default_and_what_is_allowed() -> None:
    docs = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \| .+ \|$", docs, re.M)
    explained = {name: (default, allowed) for name, default, allowed in rows}
    assert len(VARIABLES) > 30
    assert set(explained) == {*VARIABLES, "PORT"}  # PORT is the Makefile's
    for name, variable in VARIABLES.items():
        default = "none" if name == "SECRET_KEY" else as_code(variable.default)
        assert explained[name] == (default, variable.allowed), name


def as_code(default: str) -> str:
    if "`" in default:
        return default
    return f"`{default}`" if default else "empty"


def test_the_example_has_every_setting_with_its_default() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    example = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    assert example == {name: "" if "`" in v.default else v.default for name, v in VARIABLES.items()}


def test_settings_are_read_in_one_place() -> None:
    reads = re.compile(r"os\.(environ\b(?!\.setdefault|\.get\(.PATH)|getenv)")
    assert sorted(p.name for p in SOURCES if reads.search(p.read_text(encoding="utf-8"))) == ["checks.py", "env.py"]


def test_no_lock_names_a_registry() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert "index-url" not in text
        assert "://" not in text
        assert "--hash=sha256:" in text


def test_no_style_attribute_or_inline_script_is_in_a_page() -> None:
    pages = [p for p in (ROOT / "templates").rglob("*.html") if "document" not in p.parts]
    assert len(pages) > 30
    faults = [
        p.name
        for p in pages
        if re.search(r'\sstyle="|<script(?![^>]*\ssrc=|\stype="application/ld\+json")', p.read_text(encoding="utf-8"))
    ]
    assert faults == []


def test_git_holds_no_machine_path() -> None:
    found = subprocess.run(
        ["git", "grep", "-nIE", r"/(work|root|home)/[a-z.]", "--", ".", ":!tests/house"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""
