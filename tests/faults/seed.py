"""Run in a process of the service: an open cycle, writers who speak for several States each, and an officer."""

import json
import sys

from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command
from django.utils import timezone

from progress.models import Assignment
from progress.models.cycle import quarter_of
from stakeholders.models import AppointmentRole, CapacityKind
from tests import factories
from tests.faults.cast import LANGUAGES, OFFICER, SECRET, STATES_A_WRITER


def seed() -> None:
    """Into an empty database, and static files too. Prints who may write what, as JSON."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    now = timezone.now()
    since = now.date().replace(day=1)
    dana = factories.officer(email=OFFICER, name="Dana")
    TOTP.activate(dana, SECRET)
    secretariat = factories.stakeholder("un-secretariat", "Secretariat", kind="secretariat")
    factories.capacity(secretariat, CapacityKind.SECRETARIAT_LEAD)
    writers = {}
    for number, language in enumerate(LANGUAGES):
        writer = factories.UserFactory(email=f"writer{number}@example.org", language=language)
        writers[writer] = [factories.stakeholder(f"state-{number}-{n}") for n in range(STATES_A_WRITER)]
        for state in writers[writer]:
            factories.capacity(state, CapacityKind.TROOP_CONTRIBUTOR)
            factories.appointment(writer, state, AppointmentRole.AUTHOR, since=since)
    factories.catalogue()
    factories.open_cycle(*quarter_of(now.date()), at=now)
    out = []
    for writer, states in writers.items():
        tasks = list(Assignment.objects.filter(stakeholder__in=states).with_everything().order_by("pk"))
        talk = factories.submitted(tasks.pop(), writer, at=now)
        assignments = [task.pk for task in tasks]
        out.append({"email": writer.email, "language": writer.language, "assignments": assignments, "update": talk.pk})
    json.dump(out, sys.stdout)
