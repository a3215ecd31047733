import time
import uuid
from argparse import ArgumentParser
from datetime import date, datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commitments.models import Area, Commitment
from progress.generated.load import NotEmpty, counts, generate
from progress.generated.plan import Plan
from progress.models import Assignment, Cycle, Update, UpdateVersion
from reports import actions as reports
from reports.models import Scope
from stakeholders import diary
from stakeholders.models import DiaryEntry, Stakeholder, User

DOSSIERS = 41  # with the review and eight areas, a page of fifty


class Command(BaseCommand):
    help = (
        "Fill an empty database with invented stakeholders and years of their updates, to try an installation at full "
        "size. Everything is called Generated and marked as a demonstration. The same numbers give the same texts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cycles", type=int, default=80, help="closed cycles, before one that is open (80)")
        parser.add_argument("--states", type=int, default=193, help="invented Member States (193)")
        parser.add_argument("--others", type=int, default=60, help="entities, organizations and missions (60)")
        parser.add_argument("--seed", type=int, default=2018)
        parser.add_argument("--day", type=date.fromisoformat, help="a day of the open cycle (today)")
        parser.add_argument(
            "--in-production",
            action="store_true",
            help="although DEMONSTRATION is off, into an empty database",
        )

    def handle(self, *args: Any, in_production: bool, **options: Any) -> None:
        if not settings.DEMONSTRATION and not in_production:
            raise CommandError("DEMONSTRATION is off. Say --in-production to generate a load all the same.")
        if options["cycles"] < 1 or options["states"] < 1 or options["others"] < 5:
            raise CommandError("At least one cycle, one State and five others are needed.")
        started = time.monotonic()
        if not Commitment.objects.current().exists():
            call_command("load_catalogue", stdout=self.stdout)
        numbers = {name: options[name] for name in ("cycles", "states", "others", "seed")}
        plan = Plan(day=options["day"] or timezone.now().date(), **numbers)
        try:
            with diary.through_door("command"):
                generate(plan, after_closing=_report, tell=self.stdout.write)
        except NotEmpty as held:
            raise CommandError(f"This database is in use ({held}). A load goes into an empty one.") from held
        for what, n in counts(Stakeholder, Cycle, Assignment, Update, UpdateVersion, DiaryEntry).items():
            self.stdout.write(f"{n:>12,} {what}")
        self.stdout.write(f"Made in {time.monotonic() - started:.0f} seconds.")


def _report(cycle: Cycle, at: datetime) -> None:
    """What is ordered after a closing: the review itself, so that the clock orders none later, each area and dossiers.

    Their files are cancelled: thousands of reports of 30 files would keep the workers busy for weeks.
    """
    officer = User.objects.filter(duty="officer").order_by("pk")[0]
    ordered = reports.compile_at_closing(at=at)
    order = partial(reports.compile_report, cycle=cycle, requester=officer, at=at)
    for area in Area.objects.order_by("number"):
        ordered.append(order(request_key=uuid.uuid4(), scope=Scope.AREA, area=area))
    asked = Assignment.objects.filter(cycle=cycle).values("stakeholder")
    for who in Stakeholder.objects.filter(pk__in=asked).order_by("pk")[:DOSSIERS]:
        ordered.append(order(request_key=uuid.uuid4(), scope=Scope.DOSSIER, stakeholder=who))
    for report in ordered:
        reports.cancel_report(report=report, actor=officer, at=at)
