import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from a4p.backup.making import Made, make_backup, new_file
from a4p.backup.refusals import Refused


class Command(BaseCommand):
    help = (
        "Write all rows and files, as they are at one instant, to one archive. People may go on working. It holds "
        "personal data and confidential texts. Ends with 1 when a file that a row names is missing or changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", metavar="FILE|FOLDER|-", help="a folder gets a file with the date; - is a pipe")

    def handle(self, *args: Any, target: str, **options: Any) -> None:
        now = timezone.now()
        try:
            if target == "-":
                made = make_backup(sys.stdout.buffer, at=now)
                sys.stdout.buffer.flush()
                path = None
            else:
                path = Path(target)
                if path.is_dir():
                    path /= f"a4p-{now:%Y%m%dT%H%M%SZ}.tar.gz"
                with new_file(path) as stream:
                    made = make_backup(stream, at=now)
        except Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"The backup could not be written: {error}.") from error
        self._tell(path, made)

    def _tell(self, path: Path | None, made: Made) -> None:
        out = self.stdout if path else self.stderr  # a pipe carries the archive alone
        size = f", {path.stat().st_size} bytes" if path else ""
        out.write(f"{path or 'The pipe'} has {made.rows} rows of {made.tables} tables and {made.files} files{size}.")
        out.write(f"Fingerprint: {made.fingerprint}")
        if made.faults:
            raise CommandError(f"{len(made.faults)} files could not be kept: {'; '.join(made.faults)}.")
