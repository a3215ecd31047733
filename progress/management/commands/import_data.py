from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from progress import actions, policies
from progress.models import ImportState
from stakeholders.models import User


class Command(BaseCommand):
    help = (
        "Bring a CSV, XLSX or JSON file of a data set in, all of it or nothing. With --dry-run, say what would change "
        "and change nothing. With --as, do it as that person, who may do no more than in a browser."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("data_set", choices=list(actions.DATA_SETS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--as", dest="email", default="", metavar="EMAIL")

    def handle(self, *args: Any, data_set: str, file: Path, dry_run: bool, email: str, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        actor = self._person(email)
        if not policies.may_import(actor, data_set, at=timezone.now()):
            raise CommandError(f"{email} may not bring in this data set.")
        if dry_run:
            at = timezone.now()
            preview = actions.check_file(path=file, name=file.name, data_set=data_set, actor=actor, at=at).as_json()
        else:
            preview = self._bring_in(data_set, file, actor)
        self._tell(preview, written=not dry_run)

    def _person(self, email: str) -> User | None:
        if not email:
            return None
        person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
        if person is None:
            raise CommandError(f"There is no open account of {email}.")
        return person

    def _bring_in(self, data_set: str, file: Path, actor: User | None) -> dict[str, Any]:
        """Both steps at once, by the same rows and leases as everywhere else."""
        with file.open("rb") as stream:
            sent = actions.send_file(data_set=data_set, file=File(stream, name=file.name), key=uuid4(), actor=actor)
        self._work(sent)
        if sent.state == ImportState.CHECKED:
            actions.confirm_import(wanted=sent, actor=actor)
            self._work(sent)
        if sent.state not in (ImportState.DONE, ImportState.REFUSED):
            raise CommandError(f"Nothing was changed; import {sent.pk} is in the state “{sent.get_state_display()}”.")
        return sent.preview

    def _work(self, sent: Any) -> None:
        claimed = actions.claim_next_import(only=sent)
        if claimed:
            actions.work_on(claimed)
        sent.refresh_from_db()

    def _tell(self, preview: dict[str, Any], *, written: bool) -> None:
        for fault in preview["faults"]:
            place = (
                f"row {fault['line']}, column “{fault['column']}”, value “{fault['value']}”: " if fault["line"] else ""
            )
            self.stderr.write(f"{place}{fault['reason']}")
        if preview["refused"]:
            raise CommandError(f"{preview['refused']} refused; nothing was changed.")
        if not written:
            for change in preview["changes"]:
                self._show(change)
        counts = ", ".join(f"{preview[name]} {name}" for name in ("created", "changed", "unchanged"))
        self.stdout.write(f"{counts}{'' if written else ' (nothing was written)'}.")

    def _show(self, change: dict[str, Any]) -> None:
        self.stdout.write(f"row {change['line']}, {change['key']}: {'new' if change['is_new'] else 'changed'}")
        if not change["is_new"]:
            for column, (old, new) in change["columns"].items():
                self.stdout.write(f"    {column}: “{old}” -> “{new}”")
