from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from a4p.backup.archive import at_hand, check
from a4p.backup.comparing import compare
from a4p.backup.refusals import Refused
from a4p.backup.rehearsing import manage, scratch_place


class Command(BaseCommand):
    help = (
        "Restore a backup into a database and a folder made for it, compare every table and file, run every check, and "
        "remove the place again. Ends with 1 at a difference and names the first. Nothing in use is touched."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE|-")
        parser.add_argument("--database", default="", metavar="postgres://…", help="an empty database to use instead")
        parser.add_argument(
            "--against-live", action="store_true", help="compare with what is in use too; nobody may write meanwhile"
        )

    def handle(self, *args: Any, file: str, database: str, against_live: bool, **options: Any) -> None:
        try:
            with at_hand(file) as path:
                manifest = check(path)
                with scratch_place(database) as place:
                    self._run(place, "restore", str(path))
                    self._run(place, "verify_restored", str(path))
                live = compare(path, manifest) if against_live else iter(())
                difference = next((line.difference for line in live if line.difference), "")
        except Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"Nothing was rehearsed: {error}.") from error
        if difference:
            raise CommandError(f"The backup is not what is in use: {difference}")
        self.stdout.write(f"The backup can be restored. Fingerprint: {manifest.fingerprint}")

    def _run(self, place: dict[str, str], *arguments: str) -> None:
        done = manage(place, *arguments)
        said = done.stdout.rstrip().splitlines()
        if done.returncode:
            self.stdout.write("\n".join(said[:-1]))
            raise CommandError(said[-1].removeprefix("CommandError: ") if said else f"{arguments[0]} ended early.")
        if arguments[0] != "restore":
            self.stdout.write("\n".join(said))
