from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from a4p.backup.archive import at_hand
from a4p.backup.refusals import Refused
from a4p.backup.restoring import restore


class Command(BaseCommand):
    help = (
        "Fill an empty database, and the folders of files, from a backup. Either all of it is there afterwards or none."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE|-")
        parser.add_argument("--fingerprint", default="", help="take this backup alone; `backup` has told it")

    def handle(self, *args: Any, file: str, fingerprint: str, **options: Any) -> None:
        try:
            with at_hand(file) as path:
                manifest = restore(path, fingerprint=fingerprint)
        except Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"Nothing was restored: {error}.") from error
        rows = sum(table["rows"] for table in manifest.tables.values())
        self.stdout.write(
            f"Restored {rows} rows of {len(manifest.tables)} tables and {len(manifest.files)} files, as they were on "
            f"{manifest.content['made_at']}. The next step: manage.py verify_restored {file}"
        )
        for fault in manifest.content["faults"]:
            self.stdout.write(f"The backup was made without {fault}.")
