from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stakeholders.actions import load_registry
from stakeholders.datafiles import DataFileError
from stakeholders.registry import REGISTRY


class Command(BaseCommand):
    help = "Load the registry of stakeholders from its data files. Loading again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=REGISTRY, help="the folder of data files")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            tally = load_registry(folder=folder)
        except DataFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Registry: {tally}.")
