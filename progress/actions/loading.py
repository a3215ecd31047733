"""The first, closed cycle: what the Secretariat had said in public before anybody was asked."""

from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from progress.actions.cycles import close_cycle, open_cycle, plan_cycle
from progress.actions.sources import record_published_source, record_translation
from progress.models import Assignment, Cycle, CycleScope, CycleState
from progress.published_sources import SourceFiles, read_sources, texts_of
from stakeholders.datafiles import Row
from stakeholders.languages import CODES

# The page bears no date; what it tells of (Haiti and Darfur in transition) points to 2019-2020.
BASELINE = (2019, 4)
OWNER = "un-secretariat"


def load_published_sources(*, folder: Path, at: datetime | None = None) -> int:
    """Enter the updates of the folder into the baseline cycle, in six languages. Returns how many there are.

    All or nothing; loading again changes nothing. Raises DataFileError.
    """
    files = read_sources(folder)
    with transaction.atomic():
        cycle = _baseline(at)
        for row in files.updates:
            _load(files, row, cycle, at)
        if cycle.state == CycleState.OPEN:
            close_cycle(cycle=cycle, actor=None, at=at)
    return len(files.updates)


def _baseline(at: datetime | None) -> Cycle:
    year, quarter = BASELINE
    cycle = Cycle.objects.filter(year=year, quarter=quarter).first()
    if cycle is None:
        cycle = plan_cycle(year=year, quarter=quarter, scope=CycleScope.SECRETARIAT, actor=None, at=at)
        open_cycle(cycle=cycle, actor=None, at=at)
    return cycle


def _load(files: SourceFiles, row: Row, cycle: Cycle, at: datetime | None) -> None:
    assignment = Assignment.objects.filter(
        cycle=cycle, commitment__uid=row["commitment"], stakeholder__code=OWNER
    ).first()
    if assignment is None:
        raise row.fault("commitment", _("The Secretariat is not asked about this commitment."))
    original = row["language"]
    try:
        version = record_published_source(
            assignment=assignment,
            at=at,
            status=row["status"],
            language=original,
            **texts_of(files, row, original),
        )
        for language in CODES:
            if language != original:
                record_translation(version=version, language=language, at=at, **texts_of(files, row, language))
    except ValidationError as error:
        raise row.fault("commitment", " ".join(error.messages)) from error
