"""A real worker process is killed with -9 in the middle; the next one finishes every document exactly once."""

import pytest

from tests.installation import Installation, database, here
from tests.machine import PATIENCE, wait_until

__all__ = ["database", "here"]
pytestmark = pytest.mark.slow

# The clock may begin another report, that of the closed cycle, in the meantime.
ORDERED = "SELECT d.* FROM reports_document d JOIN reports_report r ON r.id = d.report_id WHERE r.occasion = 'demand'"
FILES = 30


def count(here: Installation, state: str) -> int:
    return int(here.ask(f"SELECT count(*) FROM ({ORDERED}) AS ordered WHERE state = '{state}'")[0][0])  # noqa: S608 - ours


def test_every_document_ends_complete_exactly_once(here: Installation) -> None:
    here.manage("migrate", "--verbosity", "0")
    for command in ("load_catalogue", "load_registry", "load_published_sources"):
        here.manage(command)
    here.manage("compile_report", "2019", "4")
    here.start_beat()
    first = here.start_worker()
    wait_until(lambda: count(here, "running") >= 1, "a document is running")
    first.kill()
    first.wait()
    assert count(here, "ready") < FILES
    here.start_worker()
    wait_until(lambda: count(here, "ready") >= FILES, f"{FILES} documents are ready", 3 * PATIENCE)
    here.stop_all()
    rows = here.ask(f"SELECT file, size FROM ({ORDERED}) AS ordered")  # noqa: S608 - ours
    assert len({name for name, _size in rows}) == FILES
    documents = here.folder / "documents"
    for name, size in rows:
        assert (documents / name).stat().st_size == size
    files = {f"{path.parent.name}/{path.name}" for path in documents.rglob("*.*") if path.is_file()}
    ours = {name.split("/")[0] for name, _size in rows}
    made = {name for name in files if name.split("/")[0] in ours and "/.part-" not in name}
    assert made == {name for name, _size in rows}
