from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from progress.actions import load_published_sources
from progress.published_sources import SECRETARIAT_PAGE
from stakeholders.datafiles import DataFileError


class Command(BaseCommand):
    help = "Enter what the Secretariat has said in public into the first, closed cycle."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=SECRETARIAT_PAGE, help="the folder of data files")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            count = load_published_sources(folder=folder)
        except DataFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Published sources: {count} updates stand in the first cycle.")
