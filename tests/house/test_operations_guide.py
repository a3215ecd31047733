"""What docs/operations.md says of faults is what was tried, and all that was tried stands there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
GUIDE = (ROOT / "docs/operations.md").read_text(encoding="utf-8")


def test_every_row_of_what_may_break_leads_to_its_test_and_every_test_to_a_row() -> None:
    section = GUIDE.partition("\n## When something breaks\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")][1:]
    named = [found for row in rows for found in re.findall(r"`(tests/faults/\w+\.py::\w+)` \|$", row)]
    assert len(named) == len(rows) > 8
    tests = {
        f"tests/faults/{path.name}::{name}"
        for path in (ROOT / "tests/faults").glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert set(named) == tests
