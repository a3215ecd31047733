"""The parameters of an address: a view says which it knows, and every other is refused by name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stakeholders.api.problems import Problem, fault

LONGEST = 200


@dataclass(frozen=True)
class Parameter:
    """`read` turns the text of the address into a value or raises ValidationError; `schema` tells machines the same."""

    description: str | Promise
    read: Callable[[str], Any]
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})


def text(description: str | Promise) -> Parameter:
    def read(value: str) -> str:
        if len(value) > LONGEST or "\x00" in value:
            raise ValidationError(_("Use at most %(most)s characters.") % {"most": LONGEST}, code="max_length")
        return value

    return Parameter(description, read, {"type": "string", "maxLength": LONGEST})


def choice(description: str | Promise, allowed: Iterable[str]) -> Parameter:
    values = list(allowed)

    def read(value: str) -> str:
        if value not in values:
            known = {"allowed": ", ".join(values)}
            raise ValidationError(_("This is none of the values known here: %(allowed)s.") % known, code="choice")
        return value

    return Parameter(description, read, {"type": "string", "enum": values})


def day(description: str | Promise) -> Parameter:
    def read(value: str) -> date:
        try:
            found = parse_date(value)
        except ValueError:
            found = None
        if found is None:
            raise ValidationError(_("Write the day as in 2026-10-01."), code="date")
        return found

    return Parameter(description, read, {"type": "string", "format": "date"})


def whole(description: str | Promise, *, least: int = 1, most: int = 2**31 - 1) -> Parameter:
    def read(value: str) -> int:
        if not (value.isascii() and value.isdecimal() and len(value) < 12 and least <= int(value) <= most):
            limits = {"least": least, "most": most}
            raise ValidationError(_("Write a whole number from %(least)s to %(most)s.") % limits, code="integer")
        return int(value)

    return Parameter(description, read, {"type": "integer", "minimum": least, "maximum": most})


def yes_or_no(description: str | Promise) -> Parameter:
    def read(value: str) -> bool:
        if value not in ("true", "false"):
            raise ValidationError(_("Write true or false."), code="boolean")
        return value == "true"

    return Parameter(description, read, {"type": "boolean"})


def fields_of(names: Iterable[str]) -> Parameter:
    """Which fields of the record the answer shall have."""
    known = list(names)

    def read(value: str) -> list[str]:
        wanted = value.split(",")
        for name in wanted:
            if name not in known:
                told = {"name": name, "allowed": ", ".join(known)}
                raise ValidationError(_("There is no field “%(name)s”; there are: %(allowed)s.") % told, code="field")
        return wanted

    schema = {"type": "array", "minItems": 1, "items": {"type": "string", "enum": known}}
    return Parameter(gettext_lazy("Only these fields, separated by commas."), read, schema)


def read_all(given: QueryDict, known: Mapping[str, Parameter]) -> dict[str, Any]:
    """The values that the address has. Raises Problem where one is unknown, given twice or makes no sense."""
    _refuse_unknown(given, known)
    values, errors = {}, []
    for name, parameter in known.items():
        texts = given.getlist(name)
        if len(texts) > 1:
            errors.append(fault(name, _("Give this parameter once."), "once"))
        elif texts:
            try:
                values[name] = parameter.read(texts[0])
            except ValidationError as error:
                errors.append({**fault(name, " ".join(error.messages), error.code), "value": texts[0][:LONGEST]})
    if errors:
        raise Problem("validation", errors=errors)
    return values


def _refuse_unknown(given: QueryDict, known: Mapping[str, Parameter]) -> None:
    unknown = sorted(set(given) - set(known))
    if unknown:
        allowed = sorted(known)
        told = {"allowed": ", ".join(allowed)}
        words = (
            _("Parameters of this address: %(allowed)s.") % told if allowed else _("This address has no parameters.")
        )
        raise Problem("unknown_parameter", words, errors=[fault(name, words, "unknown") for name in unknown])
