from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.template.loader import render_to_string
from django.utils import translation

from stakeholders.languages import CODES


class Command(BaseCommand):
    help = "Write the page the proxy shows while no web process answers, one file a language (503.ar.html, ...)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for code in CODES:
            with translation.override(code):
                (folder / f"503.{code}.html").write_text(render_to_string("503.html"), encoding="utf-8")
