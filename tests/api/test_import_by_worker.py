"""Dana's program sends hundreds of updates over the net; two real workers check them and bring them in once."""

from typing import Any

import httpx
import pytest

from benchmarks.bulk import command_of
from tests.installation import Installation, database, here
from tests.machine import wait_until

__all__ = ["database", "here"]
pytestmark = pytest.mark.slow
UPDATES = 600
MAKE_TOKEN = """
from datetime import timedelta
from django.utils import timezone
from stakeholders import actions
from stakeholders.models import User
from tests.api.program import with_second_factor

person = User.objects.get(email="writer@example.org")
User.objects.filter(pk=person.pk).update(duty="officer")
with_second_factor(person)
end = timezone.now() + timedelta(days=1)
print(actions.create_token(person=person, name="A program", scope="write", expires_at=end)[1])
"""


@pytest.fixture
def program(here: Installation) -> httpx.Client:
    here.run(*command_of("prepare", here.folder / "updates.csv", UPDATES))
    secret = here.manage("shell", "--no-imports", "--command", MAKE_TOKEN).strip()
    address = here.start_web()
    here.start_beat()
    here.start_worker()
    here.start_worker()
    program = httpx.Client(base_url=f"{address}/api/v1", headers={"Authorization": f"Bearer {secret}"}, timeout=30)
    wait_until(lambda: _answers(program), "somebody answers")
    return program


def _answers(program: httpx.Client) -> bool:
    try:
        return program.get("/").status_code == 200
    except httpx.TransportError:
        return False


def when_it_is(state: str, program: httpx.Client, address: str) -> dict[str, Any]:
    """The import once it has come to that state."""
    wait_until(lambda: program.get(address).json()["state"] == state, f"the import is {state}")
    told: dict[str, Any] = program.get(address).json()
    return told


def test_a_large_import_is_checked_and_carried_out_by_workers_exactly_once(
    here: Installation, program: httpx.Client
) -> None:
    content = (here.folder / "updates.csv").read_bytes()
    assert len(content) > 256 * 1024, "larger than what is done while the sender waits"
    sent = program.post("/imports/", data={"data_set": "updates"}, files={"file": ("updates.csv", content)})
    assert (sent.status_code, sent.json()["state"]) == (201, "checking")

    one = f"/imports/{sent.json()['id']}/"
    preview = when_it_is("checked", program, one)["preview"]
    assert (preview["created"], preview["changed"], preview["refused"]) == (UPDATES, 0, 0)
    assert here.ask("SELECT count(*) FROM progress_update") == [(0,)]

    ordered = program.post(f"{one}carry-out/")
    assert (ordered.status_code, ordered.json()["state"]) == (200, "ordered")
    when_it_is("done", program, one)
    assert program.post(f"{one}carry-out/").status_code == 409
    here.stop_all()

    assert here.ask("SELECT state, attempts FROM progress_bulkimport") == [("done", 1)]
    assert here.ask("SELECT count(*), max(number) FROM progress_updateversion") == [(UPDATES, 1)]
    assert here.ask("SELECT count(*) FROM progress_transition") == [(UPDATES,)]
    assert here.ask("SELECT count(*) FROM stakeholders_diaryentry WHERE verb = 'updates.imported'") == [(1,)]
    here.manage("verify_diary")
