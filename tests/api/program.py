"""A program of one of the cast, as it asks through the API: with a token, in JSON."""

import json
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client

from stakeholders.models import TokenScope, User
from tests import factories

ROOT = "/api/v1/"


def address(path: str) -> str:
    """Of what is named by its path without slashes at the ends."""
    return f"{ROOT}{path}/"


def tag(version: int) -> str:
    """What names a version in If-Match; programs get it from an answer."""
    return f'"v{version}-{"0" * 32}"'


@dataclass
class Program:
    secret: str

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer to a request; `headers` are written with underscores: if_match='"1-draft"'."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        bearer = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        more: dict[str, Any] = {} if body is None else {"data": body, "content_type": "application/json"}
        return Client().generic(method, address(path), headers=bearer | names, **_written(more))

    def send(self, path: str, fields: dict[str, Any], **headers: str) -> Any:
        """A form with a file, as browsers send it."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return Client().post(address(path), fields, headers={"Authorization": f"Bearer {self.secret}"} | names)


def _written(more: dict[str, Any]) -> dict[str, Any]:
    return {**more, "data": json.dumps(more["data"])} if "data" in more else more


def program_of(person: User | None, scope: str = TokenScope.PUBLISH) -> Program:
    """A program with a token of this person, who has a second factor where one is needed."""
    if person is None:
        return Program("")
    if person.is_officer or person.is_staff:
        with_second_factor(person)
    return Program(factories.token(person, scope, name=f"Program {person.tokens.count()}")[1])


def with_second_factor(person: User) -> None:
    Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}})
