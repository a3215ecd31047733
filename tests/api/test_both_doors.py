"""The same rule, the same refusal: each case is tried at the page and at the API, and neither changes anything."""

from typing import Any

import pytest
from django.db import transaction

from tests.api.cases import CASES, Case
from tests.api.program import program_of
from tests.conftest import World, signed_in
from tests.house.test_operations import rows

REFUSALS = {400: "wrong", 403: "forbidden", 404: "hidden", 409: "conflict"}


def at_the_page(case: Case, world: World, record: Any) -> tuple[str, tuple[str, ...]]:
    path, fields = case.page(record)
    answer = signed_in(getattr(world, case.who)).post(path, fields)
    named = answer.context["form"].errors if answer.status_code == 400 else {}
    return REFUSALS.get(answer.status_code, str(answer.status_code)), _sorted(named, whole="__all__")


def at_the_api(case: Case, world: World, record: Any) -> tuple[str, tuple[str, ...]]:
    program = program_of(getattr(world, case.who))
    method, path, body, headers = case.program(record)
    before = rows()
    answer = program.send(path, body, **headers) if method == "FORM" else program.ask(method, path, body, **headers)
    assert rows() == before
    refusal = "conflict" if answer.status_code == 412 else REFUSALS.get(answer.status_code, str(answer.status_code))
    named = answer.json()["errors"] if answer.status_code == 400 else []
    return refusal, _sorted([one["field"] for one in named], whole=None)


def _sorted(names: Any, *, whole: str | None) -> tuple[str, ...]:
    return tuple(sorted({"" if name == whole else name for name in names}))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_both_doors_refuse_alike(world: World, case: Case) -> None:
    record = case.prepare(world)
    found = {}
    for name, door in (("page", at_the_page), ("API", at_the_api)):
        with transaction.atomic():
            found[name] = door(case, world, record)
            transaction.set_rollback(True)
    wanted = (case.refusal, tuple(sorted(case.fields)))
    assert found == {"page": wanted, "API": wanted}
