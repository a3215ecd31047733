from datetime import datetime

from django.db import transaction
from django.utils import timezone

from progress.queries import open_work_of
from stakeholders import actions as people
from stakeholders import diary
from stakeholders.actions import NewPerson
from stakeholders.models import Appointment, User


def hand_over(*, appointment: Appointment, to: NewPerson, actor: User, at: datetime | None = None) -> Appointment:
    """Give an appointment to a successor, and write down which open texts pass on with it.

    Drafts belong to the stakeholder, so the successor sees them at once; reminders go to whoever is appointed when
    they are sent. Raises as `stakeholders.actions.hand_over` does.
    """
    at = at or timezone.now()
    with transaction.atomic():
        passed = list(open_work_of(appointment.stakeholder).values_list("pk", flat=True))
        successor = people.hand_over(appointment=appointment, to=to, actor=actor, at=at)
        diary.record(actor=actor, verb="update.passed_on", subject=successor, at=at, updates=passed)
    return successor
