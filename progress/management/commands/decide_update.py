from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from progress import actions
from progress.conflicts import Conflict
from progress.models import Update
from stakeholders.models import User

VERBS = ("return", "accept", "publish", "withdraw")


class Command(BaseCommand):
    help = "Decide on an update in an officer's name: return, accept, publish or withdraw it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("update", type=int, help="the update's number, as in the address of its review page")
        parser.add_argument("verb", choices=VERBS)
        parser.add_argument("--officer", required=True, help="the officer's e-mail address")
        parser.add_argument("--based-on", type=int, help="the version decided on; default: the last")
        parser.add_argument("--reason", default="", help="needed to return or withdraw")

    def handle(self, *args: Any, update: int, verb: str, officer: str, **options: Any) -> None:
        try:
            found = Update.objects.get(pk=update)
            person = User.objects.get_by_natural_key(officer)
            self._decide(found, person, verb, options)
        except (Update.DoesNotExist, User.DoesNotExist) as error:
            raise CommandError(str(error)) from error
        except PermissionDenied as error:
            raise CommandError(f"{officer} may not {verb} this update.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except Conflict as error:
            raise CommandError(str(error)) from error
        found.refresh_from_db()
        self.stdout.write(f"Update {found.pk} is {found.state}.")

    def _decide(self, update: Update, officer: User, verb: str, options: dict[str, Any]) -> None:
        based_on = options["based_on"] or update.version
        reason = options["reason"]
        if verb == "return":
            actions.return_update(update=update, officer=officer, based_on=based_on, reason=reason)
        elif verb == "accept":
            actions.accept_update(update=update, officer=officer, based_on=based_on)
        elif verb == "publish":
            actions.publish_update(update=update, officer=officer, based_on=based_on)
        else:
            actions.withdraw_update(update=update, officer=officer, reason=reason)
