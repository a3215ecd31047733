from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from progress.actions.tallying import count_again
from progress.models import Cycle
from progress.tallies import differences


class Command(BaseCommand):
    help = "Compare the figures kept for the public pages with the rows they count. Ends with 1 when they differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="count the cycles that differ again")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        wrong = 0
        for cycle in Cycle.objects.all():
            found = differences(cycle)
            for key, told, true in found:
                self.stdout.write(f"{cycle.key} {key[1:]}: kept {told}, counted {true}")
            if found and repair:
                count_again(cycle)
            wrong += len(found)
        if wrong and not repair:
            raise CommandError(f"{wrong} figures differ. Run again with --repair to count them again.")
        self.stdout.write(f"{wrong} figures put right." if wrong else "Every figure agrees.")
