import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from progress.models import Cycle
from reports import actions


class Command(BaseCommand):
    help = "Order the review of a cycle; running workers make its files. With --now this process makes them itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("quarter", type=int, choices=(1, 2, 3, 4))
        parser.add_argument("--now", action="store_true", help="make the files here, without a worker")

    def handle(self, *args: Any, year: int, quarter: int, now: bool, **options: Any) -> None:
        cycle = Cycle.objects.filter(year=year, quarter=quarter).first()
        if cycle is None:
            raise CommandError(f"There is no cycle {year}-q{quarter}.")
        try:
            report = actions.compile_report(cycle=cycle, requester=None, request_key=uuid.uuid4())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Report {report.pk} is ordered.")
        while now and (document := actions.claim_next_document()):
            done = actions.produce_document(document)
            self.stdout.write(f"{document.language}.{document.format}: {'ready' if done else 'failed'}")
