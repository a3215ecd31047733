from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from a4p.backup.archive import Manifest, at_hand, check
from a4p.backup.comparing import compare
from a4p.backup.refusals import Refused
from reports.models import DocumentState, Report


class Command(BaseCommand):
    help = (
        "Compare every table and file here with a backup, then the diary, the figures, the search index and the newest "
        "report with themselves. Ends with 1 at a difference and names the first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE|-")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            with at_hand(file) as path:
                differences = self._compare(path, check(path))
        except Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"Nothing was compared: {error}.") from error
        differences += [said for name, step in self._checks() if (said := self._fault_of(name, step))]
        if differences:
            raise CommandError(f"{len(differences)} differences. The first: {differences[0]}")
        self.stdout.write("Everything is as it was.")

    def _compare(self, file: Path, manifest: Manifest) -> list[str]:
        differences = []
        for line in compare(file, manifest):
            self._row(line.name, str(line.count), line.difference or "the same")
            if line.difference:
                differences.append(line.difference)
        return differences

    def _checks(self) -> list[tuple[str, Callable[[], Any]]]:
        found: list[tuple[str, Callable[[], Any]]] = [
            ("diary", lambda: call_command("verify_diary", stdout=self.stdout)),
            ("figures", lambda: call_command("verify_tallies", stdout=self.stdout)),
            ("search index", lambda: call_command("index_updates", verify=True, stdout=self.stdout)),
        ]
        finished = Report.objects.filter(documents__state=DocumentState.READY).order_by("-as_of").first()
        if finished:
            pk = str(finished.pk)
            found.append(("newest report", lambda: call_command("verify_report", pk, stdout=self.stdout)))
        return found

    def _fault_of(self, name: str, step: Callable[[], Any]) -> str:
        try:
            step()
        except CommandError as error:
            self._row(name, "", str(error))
            return f"{name}: {error}"
        self._row(name, "", "well")
        return ""

    def _row(self, name: str, count: str, said: str) -> None:
        self.stdout.write(f"{name:44}{count:>12}  {said}")
