import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stakeholders import diary
from stakeholders.models import DiaryEntry


class Command(BaseCommand):
    help = (
        "Check that no line of the diary was changed, removed or put in between. With --export, also write it for "
        "auditors, one JSON object a line; lines cut off at the end show against an export made before."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--export", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        checked, broken = 0, None
        with ExitStack() as open_files:
            export = options["export"]
            out = open_files.enter_context(export.open("w", encoding="utf-8")) if export else None
            for entry, follows in diary.read():
                checked += 1
                if not follows and broken is None:
                    broken = entry
                if out:
                    out.write(json.dumps(diary.as_row(entry), ensure_ascii=False) + "\n")
        self._tell(checked, broken)

    def _tell(self, checked: int, broken: DiaryEntry | None) -> None:
        if broken:
            raise CommandError(
                f"{checked} lines checked; the chain breaks at line {broken.number} of {broken.at:%Y-%m-%d %H:%M}."
            )
        self.stdout.write(f"{checked} lines checked; the chain is whole.")
