from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from progress.demonstration import seed_cycles
from stakeholders.actions import load_registry
from stakeholders.registry import DEMONSTRATION


class Command(BaseCommand):
    help = "Load the demonstration: invented stakeholders, log-ins for each role, an update in every state."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("DEMONSTRATION is off. Invented stakeholders are not mixed with real accounts.")
        with transaction.atomic():
            tally = load_registry(folder=DEMONSTRATION)
            seed_cycles(at=timezone.now())
        self.stdout.write(f"Demonstration stakeholders and their capacities: {tally}.")
