"""The steps of benchmarks/deadline.py that touch the database; the last line of the output is the answer, in JSON."""

import json
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "a4p.settings")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 - Django first
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402 - as above
from django.core.management import call_command  # noqa: E402 - as above
from django.db.models import Count  # noqa: E402 - as above

from benchmarks.report_data import OPENED, generate  # noqa: E402 - as above
from progress.models import Assignment, UpdateVersion  # noqa: E402 - as above
from stakeholders.diary import first_break  # noqa: E402 - as above
from stakeholders.models import Appointment, Stakeholder, User  # noqa: E402 - as above

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MARK = "benchmark-"


def seed(updates: str, people: str) -> Any:
    """So many published updates, and people who are signed in, each the author of one stakeholder."""
    call_command("migrate", verbosity=0)
    call_command("load_catalogue", stdout=sys.stderr)
    generate(int(updates), 20)
    found = []
    for n, who in enumerate(Stakeholder.objects.filter(is_demonstration=True)[: int(people)]):
        person = User.objects.create_user(f"person{n}@example.org", None, name=f"Person {n}")
        Appointment.objects.create(person=person, stakeholder=who, role="author", starts_on=OPENED.date())
        session = SessionStore()
        session.update({SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: BACKEND})
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        tasks = Assignment.objects.filter(stakeholder=who).values_list("pk", flat=True)
        found.append({"session": session.session_key, "tasks": list(tasks)})
    return found


def written() -> Any:
    """Mark -> how many versions carry it, and whether the diary's chain is whole."""
    marked = UpdateVersion.objects.filter(narrative__startswith=MARK)
    counted = dict(marked.values_list("narrative").annotate(n=Count("pk")).order_by())
    return {"versions": counted, "diary_is_whole": first_break() is None}


if __name__ == "__main__":
    print(json.dumps({"seed": seed, "written": written}[sys.argv[1]](*sys.argv[2:])))  # noqa: T201 - the answer
