from datetime import datetime

from django.db import transaction

from stakeholders import diary
from stakeholders.models import User

CHOSEN = ("language", "time_zone", "wants_digests")


def change_preferences(
    *, person: User, language: str, time_zone: str, wants_digests: bool, at: datetime | None = None
) -> None:
    """How a person is written to: in which language, by whose clock, with digests or without.

    Raises ValidationError keyed by field. Choosing what was chosen before leaves no line in the diary.
    """
    before = {name: getattr(person, name) for name in CHOSEN}
    chosen = {"language": language, "time_zone": time_zone, "wants_digests": wants_digests}
    for name, value in chosen.items():
        setattr(person, name, value)
    person.clean_fields(exclude={field.name for field in User._meta.fields} - set(CHOSEN))
    changed = {name: [before[name], value] for name, value in chosen.items() if value != before[name]}
    if changed:
        with transaction.atomic():
            person.save(update_fields=list(changed))
            diary.record(actor=person, verb="preferences.changed", subject=person, at=at, changed=changed)


def unsubscribe(*, person: User, at: datetime | None = None) -> None:
    """Send this person no more digests; what concerns their account still comes. Twice is once."""
    with transaction.atomic():
        if User.objects.filter(pk=person.pk, wants_digests=True).update(wants_digests=False):
            diary.record(actor=person, verb="digests.unsubscribed", subject=person, at=at)
