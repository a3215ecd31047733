from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commitments.actions import load_catalogue, load_crosswalk, load_indicators
from commitments.catalogue import EDITION
from commitments.crosswalk import CROSSWALK, INDICATORS
from stakeholders.datafiles import DataFileError


class Command(BaseCommand):
    help = "Load the catalogue, its crosswalk and its indicators from their data files. Loading again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=EDITION, help="the edition's folder")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            tally = load_catalogue(folder=folder)
            if folder == EDITION:
                load_crosswalk(folder=CROSSWALK)
                load_indicators(folder=INDICATORS)
        except DataFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Catalogue: {tally}.")
