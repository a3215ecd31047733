"""The description of the API as people read it: by parts, each operation with what it takes and answers."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from stakeholders.api.problems import KINDS, Kind
from stakeholders.api.schema import ALWAYS, described
from stakeholders.context import current_language

ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


@dataclass(frozen=True)
class Operation:
    """One method at one address. `answer` and `body` are examples as JSON, empty where there is none.

    `refusals` leaves out those that every operation may answer.
    """

    id: str
    method: str
    path: str
    summary: str
    is_open: bool
    parameters: list[dict[str, Any]]
    refusals: list[Kind]
    answer: SafeString
    body: SafeString

    @property
    def curl(self) -> str:
        """How to try it from a command line."""
        words = ["curl"]
        if self.method != "GET":
            words.append(f"--request {self.method}")
        if not self.is_open:
            words.append("--header 'Authorization: Bearer TOKEN'")
        if self.body:
            words.append("--json @body.json")
        return " ".join([*words, f"'{settings.SITE_ADDRESS}{self.path}'"])


@dataclass(frozen=True)
class Part:
    """The operations whose addresses begin alike."""

    name: str
    operations: list[Operation]


def parts() -> list[Part]:
    """In the order of their names, worded in the active language."""
    found: dict[str, list[Operation]] = {}
    for operation, name in _operations(described(current_language().code)):
        found.setdefault(name, []).append(operation)
    return [Part(name, operations) for name, operations in sorted(found.items())]


def problems() -> list[Kind]:
    return list(KINDS.values())


def _operations(description: dict[str, Any]) -> Iterator[tuple[Operation, str]]:
    for path, methods in description["paths"].items():
        for method, told in methods.items():
            yield _operation(path, method, told), told["tags"][0]


def _operation(path: str, method: str, told: dict[str, Any]) -> Operation:
    codes = {
        name: told_code["$ref"].rsplit("/", 1)[1]
        for answer in told["responses"].values()
        for name, told_code in answer.get("content", {}).get("application/problem+json", {}).get("examples", {}).items()
    }
    known = {code.replace("_", "").lower(): kind for code, kind in KINDS.items()}
    return Operation(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        is_open={} in told["security"],
        parameters=[one for one in told.get("parameters", []) if one["name"] != "Accept-Language"],
        refusals=[kind for kind in (known[name.lower()] for name in codes) if kind.code not in ALWAYS],
        answer=_example(told["responses"].get("200", {})),
        body=_example(told.get("requestBody", {})),
    )


def _example(body: dict[str, Any]) -> SafeString:
    example = body.get("content", {}).get("application/json", {}).get("example")
    written = "" if example is None else json.dumps(example, indent=1, ensure_ascii=False)
    return mark_safe(written.translate(ESCAPES))  # noqa: S308 - as text of an element it may keep its many quotes
