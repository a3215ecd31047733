"""One service for all faults: it is started once, and must recover from each without being started again."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.cast import LANGUAGES, OFFICER, SECRET
from tests.faults.people import Ledger, Person, Writer
from tests.faults.scene import Scene
from tests.faults.servers import MailServer, Postgres, Redis, postgres_programs
from tests.faults.service import Service


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process runs them all, so that there is one service."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("faults"))


@pytest.fixture(autouse=True)
def _at_noon() -> None:
    """Real processes keep real time, and so do those who wait for them."""


@pytest.fixture(scope="session")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, list[Writer], list[Person], Person]]:
    if postgres_programs() is None or shutil.which("redis-server") is None:
        pytest.skip("PostgreSQL and Redis are needed")
    postgres, redis, mail = Postgres(), Redis(), MailServer()
    service = Service(tmp_path_factory.mktemp("service"), postgres, redis, mail)
    try:
        seeded = service.prepare()
        service.start_all()
        ledger, writers = Ledger(), []
        for one in seeded:
            person = Person(service.port, ledger, one["language"], one["email"]).sign_in()
            writers.append(Writer(person, one["assignments"], one["update"]))
        officer = Person(service.port, ledger, "en", OFFICER).sign_in(SECRET)
        readers = [Person(service.port, ledger, language) for language in LANGUAGES[:2]]
        yield service, writers, readers, officer
    finally:
        service.stop_all()
        mail.shutdown()
        redis.stop()
        postgres.remove()


@pytest.fixture
def scene(cast: tuple[Service, list[Writer], list[Person], Person]) -> Scene:
    """Everything is well when a fault begins."""
    service = cast[0]
    service.wait_until_ready()
    return Scene(*cast)
