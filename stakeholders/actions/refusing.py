from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from stakeholders import diary
from stakeholders.models import DiaryEntry, User

VERB = "access.refused"
SPELL = timedelta(hours=1)
MOST_A_SPELL = 60


def note_refusal(*, person: User, method: str, route: str, record: str, at: datetime | None = None) -> bool:
    """Write down that a person was kept from a page or record: once an hour for each, and no more than so many.

    `record` names what it was by kind and number, never by its words. False when nothing was written.
    """
    at = at or timezone.now()
    detail = {"method": method, "route": route, "record": record}
    if _is_enough(person, detail, at):  # asked before the chain is locked: a crawler holds up nobody's writing
        return False
    with transaction.atomic():
        diary.lock_chain()
        if _is_enough(person, detail, at):
            return False
        diary.record(actor=person, verb=VERB, subject=person, at=at, **detail)
    return True


def _is_enough(person: User, detail: dict[str, str], at: datetime) -> bool:
    theirs = DiaryEntry.objects.filter(subject_type=person._meta.label_lower, subject_id=str(person.pk), verb=VERB)
    lately = list(theirs.filter(at__gt=at - SPELL).values_list("detail", flat=True)[:MOST_A_SPELL])
    here = (detail["route"], detail["record"])
    return len(lately) == MOST_A_SPELL or any((noted["route"], noted["record"]) == here for noted in lately)
