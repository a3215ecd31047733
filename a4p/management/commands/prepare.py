from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from stakeholders.demonstration import PASSWORD, accounts


class Command(BaseCommand):
    help = "Bring database, catalogue, registry and static files up to date. Running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--without-static", action="store_true", help="static files are in the image already")

    def handle(self, *args: Any, without_static: bool, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("load_catalogue")
        call_command("load_registry")
        call_command("load_published_sources")
        if settings.DEMONSTRATION:
            call_command("seed_demo")
        if not without_static:
            call_command("collectstatic", interactive=False, verbosity=0)
        self._say_how_to_log_in()

    def _say_how_to_log_in(self) -> None:
        self.stdout.write(f"\nThe tracker answers at {settings.SITE_ADDRESS} (Ctrl-C stops it).")
        if not settings.DEMONSTRATION:
            self.stdout.write("Invite the first officer with: python manage.py invite_officer ADDRESS NAME")
            return
        self.stdout.write(f"Log in at {settings.SITE_ADDRESS}/en/login/ with the password {PASSWORD} as")
        for account in accounts():
            self.stdout.write(f"  {account.email:26} {account.role_label}")
