"""A tool that knows nothing of the house sends what the description allows and what it forbids, as each kind of caller.

The description must hold for every answer, and nothing may fail on our side. More seconds and examples find more;
these are few, so that all four callers together take less than a minute.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from stakeholders.models import User
from tests import factories
from tests.api.program import program_of
from tests.conftest import World
from tests.machine import PATIENCE

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MOST_EXAMPLES, SECONDS = 4, 10
# 412 is a refusal as well: what was read is judged before what was sent.
CONFIG = """
[checks]
negative_data_rejection.expected-statuses = [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428, 429]
"""


def administrator() -> User:
    person: User = factories.UserFactory(name="Ada", email="ada@un.example", is_staff=True, is_superuser=True)
    return person


@pytest.mark.parametrize("role", ["nobody", "focal point", "officer", "administrator"])
def test_the_description_holds(
    world: World, live_server: LiveServer, settings: Settings, tmp_path: Path, role: str
) -> None:
    settings.API_RATE_ANONYMOUS = settings.API_RATE_SIGNED_IN = 1_000_000
    settings.SITE_ADDRESS = live_server.url
    factories.published(world.task("1.1"), world.alice, world.dana)
    factories.submitted(world.task("2.1"), world.alice, evidence=factories.text_file())
    factories.assessed(world.task("1.2"), world.dana)
    caller = {"nobody": None, "focal point": world.alice, "officer": world.dana}.get(role)
    (tmp_path / "schemathesis.toml").write_text(CONFIG)
    secret = program_of(administrator() if role == "administrator" else caller).secret
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{live_server.url}/api/v1/schema/"]
    command += ["--max-examples", str(MOST_EXAMPLES), "--max-time", str(SECONDS), "--seed", "20180925"]
    command += ["--phases", "examples,fuzzing", "--continue-on-failure", "--no-color", "--workers", "1"]
    # Whether a request makes sense is more than its description can say: rules are told by problem details.
    command += ["--exclude-checks", "positive_data_acceptance"]
    command += ["--generation-database", "none", "--warnings", "off", "--suppress-health-check", "all"]
    command += ["--header", f"Authorization: Bearer {secret}"] if secret else []
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=3 * PATIENCE, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
