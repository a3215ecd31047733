"""Keeping the tallies, inside the transaction of whatever changes what they count."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from progress.models import Assignment, Cycle, Tally, UpdateVersion
from progress.tallies import counted


def tally_asked(cycle: Cycle, made: Iterable[Assignment]) -> None:
    """A cycle has opened with these assignments."""
    asked = Counter((assignment.commitment_id, assignment.kind) for assignment in made)
    Tally.objects.bulk_create(
        Tally(cycle=cycle, commitment_id=commitment, kind=kind, status="", n=n)
        for (commitment, kind), n in asked.items()
    )


def tally_answer(version: UpdateVersion, change: int) -> None:
    """A version has come before the public (+1) or has left it (-1)."""
    assignment = version.update.assignment
    tally, _made = Tally.objects.get_or_create(
        cycle_id=assignment.cycle_id,
        commitment_id=assignment.commitment_id,
        kind=assignment.kind,
        status=version.status,
    )
    Tally.objects.filter(pk=tally.pk).update(n=F("n") + change)


def count_again(cycle: Cycle) -> None:
    """Put the tallies of a cycle right from the rows."""
    with transaction.atomic():
        cycle.tallies.all().delete()
        Tally.objects.bulk_create(
            Tally(cycle_id=cycle_id, commitment_id=commitment, kind=kind, status=status, n=n)
            for (cycle_id, commitment, kind, status), n in counted([cycle]).items()
        )
