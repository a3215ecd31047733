from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commitments.actions import load_measurements
from commitments.models import Dataset
from stakeholders.datafiles import DataFileError


class Command(BaseCommand):
    help = "Count the indicators of a file of the UN Peace and Security Data Hub (CSV or JSON) anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dataset", choices=Dataset.values, required=True, help="the hub's identifier of the file")
        parser.add_argument("--dry-run", action="store_true", help="say what would change and change nothing")

    def handle(self, *args: Any, file: Path, dataset: str, dry_run: bool, **options: Any) -> None:
        try:
            tally = load_measurements(path=file, dataset=dataset, dry_run=dry_run)
        except DataFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Measurements: {tally}{' (nothing was written)' if dry_run else ''}.")
