from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from progress.actions import DATA_SETS, export_file
from progress.bulk.writing import WRITERS, TooLongForCell


class Command(BaseCommand):
    help = "Write a data set into a file that import_data takes back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("data_set", choices=list(DATA_SETS))
        parser.add_argument("--format", choices=list(WRITERS), default="csv")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, data_set: str, format: str, out: Path, **options: Any) -> None:
        try:
            export_file(data_set=data_set, form=format, path=out, actor=None)
        except (OSError, TooLongForCell) as error:
            raise CommandError(f"{out} cannot be written: {error or 'a text is too long for a cell'}") from error
        self.stdout.write(f"{out.name} is written.")
