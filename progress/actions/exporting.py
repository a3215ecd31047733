"""Data sets that go out as files."""

from datetime import datetime
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from progress import policies
from progress.actions.datasets import DATA_SETS
from progress.bulk.writing import WRITERS
from stakeholders.models import User


def export_file(*, data_set: str, form: str, path: Path, actor: User | None, at: datetime | None = None) -> None:
    """Write what this person may take away into a file: `form` is csv, xlsx or json.

    The same records give the same file. Raises PermissionDenied, TooLongForCell.
    """
    at = at or timezone.now()
    if not policies.may_import(actor, data_set, at=at):
        raise PermissionDenied
    exchanged = DATA_SETS[data_set]
    WRITERS[form](path, exchanged.dataset, exchanged.give(actor, at))
