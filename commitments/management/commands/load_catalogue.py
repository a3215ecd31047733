from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commitments.actions import load_catalogue
from commitments.catalogue import EDITION
from stakeholders.datafiles import DataFileError


class Command(BaseCommand):
    help = "Load an edition of the catalogue from its data files. Loading again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=EDITION, help="the edition's folder")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            tally = load_catalogue(folder=folder)
        except DataFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Catalogue: {tally}.")
