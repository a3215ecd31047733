"""Run in a process of the service: an open cycle, writers who speak for several States each, and an officer."""

import json
import sys
from datetime import timedelta

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from progress.models import Assignment, Cycle
from progress.models.cycle import quarter_before, quarter_of
from stakeholders.models import AppointmentRole, CapacityKind
from tests import factories
from tests.faults.cast import LANGUAGES, OFFICER, SECRET, STATES_A_WRITER

# The same names and manifest as in production, without the seconds that squeezing takes.
NOT_SQUEEZED = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"


def seed() -> None:
    """Into an empty database, and static files too. Prints who may write what, as JSON."""
    call_command("migrate", verbosity=0)
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": {"BACKEND": NOT_SQUEEZED}}):
        call_command("collectstatic", interactive=False, verbosity=0)
    now = timezone.now()
    this = quarter_of(now.date())
    since = Cycle.for_quarter(*quarter_before(*this)).opens_on
    noon = f"Etc/GMT{now.hour - 12:+}"  # where it is noon: digests go out by day
    dana = factories.officer(email=OFFICER, name="Dana")
    TOTP.activate(dana, SECRET)
    secretariat = factories.stakeholder("un-secretariat", "Secretariat", kind="secretariat")
    factories.capacity(secretariat, CapacityKind.SECRETARIAT_LEAD)
    writers = {}
    for number, language in enumerate(LANGUAGES):
        writer = factories.UserFactory(email=f"writer{number}@example.org", language=language, time_zone=noon)
        writers[writer] = [factories.stakeholder(f"state-{number}-{n}") for n in range(STATES_A_WRITER)]
        for state in writers[writer]:
            factories.capacity(state, CapacityKind.TROOP_CONTRIBUTOR)
            factories.appointment(writer, state, AppointmentRole.AUTHOR, since=since)
    factories.catalogue()
    factories.open_cycle(*quarter_before(*this), at=now)
    Cycle.objects.update(closes_on=now.date() + timedelta(days=30))
    cycle = factories.open_cycle(*this, at=now)
    out = []
    for writer, states in writers.items():
        tasks = list(
            Assignment.objects.filter(stakeholder__in=states, cycle=cycle)
            .with_everything()
            .order_by("stakeholder", "commitment")
        )
        talk = factories.submitted(tasks.pop(), writer, at=now)
        assignments = [task.pk for task in tasks]
        out.append({"email": writer.email, "language": writer.language, "assignments": assignments, "update": talk.pk})
    json.dump(out, sys.stdout)
