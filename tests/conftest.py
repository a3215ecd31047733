"""The cast. Alice writes for Alpha and Bob reads there, Charlie writes for Beta, Dana and Omar are officers."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation

from commitments.models import Commitment
from progress.models import Assignment, Cycle
from progress.models.cycle import quarter_of
from stakeholders.models import AppointmentRole, CapacityKind, Stakeholder, User
from tests import factories


@dataclass
class World:
    """One open cycle with everyone in it."""

    alice: User
    bob: User
    charlie: User
    dana: User
    omar: User
    alpha: Stakeholder
    beta: Stakeholder
    secretariat: Stakeholder
    commitments: dict[str, Commitment]
    cycle: Cycle

    def task(self, code: str, who: Stakeholder | None = None) -> Assignment:
        return factories.assignment(who or self.alpha, self.commitments[code], self.cycle)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _at_noon(request: pytest.FixtureRequest) -> Iterator[None]:
    """The doors read the clock, and the texts of the tests name dates. A browser keeps its own time."""
    if request.node.get_closest_marker("browser"):
        yield
        return
    with time_machine.travel(factories.NOON, tick=True):
        yield


@pytest.fixture
def world(db: None) -> World:
    now = timezone.now()
    alpha = factories.stakeholder("state-alpha", "Alpha")
    beta = factories.stakeholder("state-beta", "Beta")
    secretariat = factories.stakeholder("un-secretariat", "Secretariat", kind="secretariat")
    factories.capacity(alpha, CapacityKind.TROOP_CONTRIBUTOR)
    factories.capacity(secretariat, CapacityKind.SECRETARIAT_LEAD)
    alice = factories.UserFactory(email="alice@alpha.example", name="Alice", language="fr")
    bob = factories.UserFactory(email="bob@alpha.example", name="Bob")
    charlie = factories.UserFactory(email="charlie@beta.example", name="Charlie")
    factories.appointment(alice, alpha, AppointmentRole.AUTHOR)
    factories.appointment(bob, alpha, AppointmentRole.READER)
    factories.appointment(charlie, beta, AppointmentRole.AUTHOR)
    commitments = factories.catalogue()
    return World(
        alice=alice,
        bob=bob,
        charlie=charlie,
        dana=factories.officer(email="dana@un.example", name="Dana"),
        omar=factories.officer(email="omar@un.example", name="Omar", language="ar"),
        alpha=alpha,
        beta=beta,
        secretariat=secretariat,
        commitments=commitments,
        cycle=factories.open_cycle(*quarter_of(now.date()), at=now),
    )


@pytest.fixture
def as_alice(world: World) -> Client:
    return signed_in(world.alice)


@pytest.fixture
def as_dana(world: World) -> Client:
    return signed_in(world.dana)


def signed_in(person: User, *, confirmed: bool = True) -> Client:
    """In a session in which the person has shown a password and a second factor; lately once more, if `confirmed`."""
    client = Client()
    client.force_login(person)
    session = client.session
    proof = {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": confirmed}
    session["account_authentication_methods"] = [proof]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def text(client: Client, path: str, status: int = 200) -> str:
    """The page at this path, which must answer so."""
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()
