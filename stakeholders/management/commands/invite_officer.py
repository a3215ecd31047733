from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from stakeholders.actions import invite_officer
from stakeholders.languages import CODES


class Command(BaseCommand):
    help = "Make somebody an officer of the Secretariat and mail them an invitation; the first one has nobody to ask."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--language", choices=CODES, default="en", help="of the mails to this person")

    def handle(self, *args: Any, email: str, name: str, language: str, **options: Any) -> None:
        try:
            person = invite_officer(email=email, name=name, language=language, by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{person} is an officer; the invitation goes out with the next mail.")
