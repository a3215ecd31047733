from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stakeholders import diary
from stakeholders.models import DiaryEntry


class Command(BaseCommand):
    help = "Check that no line of the diary was changed, removed or put in between."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = diary.first_break()
        if broken:
            raise CommandError(f"The chain breaks at line {broken.number} of {broken.at:%Y-%m-%d %H:%M}.")
        self.stdout.write(f"The chain of {DiaryEntry.objects.count()} lines is whole.")
