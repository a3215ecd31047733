from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from progress import actions
from progress.models import Cycle, CycleScope


class Command(BaseCommand):
    help = "Plan, open or close the cycle of a quarter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("step", choices=("plan", "open", "close"))
        parser.add_argument("year", type=int)
        parser.add_argument("quarter", type=int, choices=(1, 2, 3, 4))
        parser.add_argument("--scope", choices=CycleScope.values, default=CycleScope.EVERYONE)

    def handle(self, *args: Any, step: str, year: int, quarter: int, scope: str, **options: Any) -> None:
        try:
            if step == "plan":
                cycle = actions.plan_cycle(year=year, quarter=quarter, scope=scope, actor=None)
            else:
                cycle = Cycle.objects.get(year=year, quarter=quarter)
                act = actions.open_cycle if step == "open" else actions.close_cycle
                act(cycle=cycle, actor=None)
        except Cycle.DoesNotExist as error:
            raise CommandError(f"There is no cycle {year}-q{quarter}; plan it first.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Cycle {cycle.key} is {cycle.state}.")
