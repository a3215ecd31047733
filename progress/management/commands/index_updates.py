from argparse import ArgumentParser
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from progress.actions import faults_of_index, rebuild_index

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Make again the index by which search finds published updates, as after a restored backup or a release that "
        "reads words otherwise. With --verify, change nothing and say where the index differs from what is published."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--verify", action="store_true")

    def handle(self, *args: Any, verify: bool, **options: Any) -> None:
        if not verify:
            self.stdout.write(f"{rebuild_index()} published versions can be found.")
            return
        faults = faults_of_index()
        shown = list(islice(faults, SHOWN))
        for fault in shown:
            self.stdout.write(fault)
        if shown:
            raise CommandError(f"{len(shown) + sum(1 for _fault in faults)} differences; index_updates removes them.")
        self.stdout.write("The index holds what is published and nothing else.")
