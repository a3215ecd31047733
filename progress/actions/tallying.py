"""Keeping the tallies, inside the transaction of whatever changes what they count."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import DateTimeField, F
from django.db.models.functions import Coalesce, Greatest

from progress.models import Assignment, Cycle, Tally, UpdateVersion
from progress.tallies import from_rows


def tally_asked(cycle: Cycle, made: Iterable[Assignment]) -> None:
    """A cycle has opened with these assignments."""
    asked = Counter((assignment.commitment_id, assignment.kind) for assignment in made)
    Tally.objects.bulk_create(
        Tally(cycle=cycle, commitment_id=commitment, kind=kind, status="", n=n)
        for (commitment, kind), n in asked.items()
    )


def tally_answer(version: UpdateVersion, change: int, at: datetime) -> None:
    """A version has come before the public (+1) or has left it (-1)."""
    assignment = version.update.assignment
    tally, _made = Tally.objects.get_or_create(
        cycle_id=assignment.cycle_id,
        commitment_id=assignment.commitment_id,
        kind=assignment.kind,
        status=version.status,
    )
    Tally.objects.filter(pk=tally.pk).update(
        n=F("n") + change,
        ever=F("ever") + max(change, 0),
        changed_at=Greatest(Coalesce("changed_at", at), at, output_field=DateTimeField()),
    )


def count_again(cycle: Cycle) -> None:
    """Put the tallies of a cycle right from the rows."""
    with transaction.atomic():
        cycle.tallies.all().delete()
        Tally.objects.bulk_create(
            Tally(
                cycle_id=cycle_id,
                commitment_id=commitment,
                kind=kind,
                status=status,
                n=figure.n,
                ever=figure.ever,
                changed_at=figure.changed_at,
            )
            for (cycle_id, commitment, kind, status), figure in from_rows(cycle).items()
        )
