"""The API describes itself in OpenAPI 3.1: soundly, completely, in six languages, and never changed unseen."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from drf_spectacular.drainage import GENERATOR_STATS
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from stakeholders.api.problems import KINDS
from stakeholders.api.schema import described
from stakeholders.languages import CODES
from tests.api.snapshot import PATH, written
from tests.api.test_budgets import EVERYONE, PERSONAL, full
from tests.conftest import World, signed_in
from tests.house.routes import LINES

__all__ = ["full"]
SCHEMA = "/api/v1/schema/"


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    described.cache_clear()
    with GENERATOR_STATS.silence():
        with translation.override("en"):
            found = described("en")
        assert GENERATOR_STATS._warn_cache == {}
        assert GENERATOR_STATS._error_cache == {}
    return found


def operations(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_it_is_openapi_and_changes_only_when_somebody_writes_it_anew(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(description).validate()
    assert written(description) == PATH.read_text(encoding="utf-8"), "python -m tests.api.snapshot writes it anew"


def test_every_route_is_described_under_a_name_of_its_own(description: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _path, _method, operation in operations(description)]
    assert len(ids) == len(set(ids))
    lines = {(line[0], line[1]) for line in LINES if line[0].startswith("api_")}
    assert len(ids) == len(lines - {("api_schema", "GET")})


def test_every_body_has_an_example_of_its_shape_and_every_refusal_is_told(description: dict[str, Any]) -> None:
    looked_at = 0
    for path, _method, operation in operations(description):
        assert {"401", "403", "406", "429", "500", "503"} <= set(operation["responses"]), path
        for status, answer in operation["responses"].items():
            for kind, media in answer.get("content", {}).items():
                if kind == "application/problem+json":
                    assert int(status) >= 400
                    assert media["examples"]
                else:
                    check(media["example"], media["schema"], description)
                    looked_at += 1
    assert looked_at > 60
    told = {example["value"]["code"] for example in description["components"]["examples"].values()}
    assert told == set(KINDS) - {"method_not_allowed"}  # which no operation can answer


def check(value: Any, schema: dict[str, Any], description: dict[str, Any]) -> None:
    whole = {**schema, "components": description["components"]}
    Draft202012Validator(whole).validate(value)


def test_answers_are_of_the_shape_that_is_described(
    world: World, full: dict[str, list[Any]], description: dict[str, Any]
) -> None:
    paths = {pattern(path): methods["get"] for path, methods in description["paths"].items() if "get" in methods}
    visited = 0
    for caller, names in ((Client(), EVERYONE), (signed_in(world.dana), PERSONAL), (signed_in(world.alice), PERSONAL)):
        for name in names:
            address = reverse(name, args=full.get(name))
            operation = paths.get(pattern(address, full.get(name)))
            if operation is None:
                assert name == "api_schema"
                continue
            schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
            for query in ("", "?limit=2&fields=id" if "results" in str(name) else ""):
                check(caller.get(f"{address}{query}").json(), schema, description)
            visited += 1
    assert visited > 30


def pattern(path: str, arguments: list[Any] | None = None) -> str:
    """An address with a star for whatever stands for a record."""
    given = {str(argument) for argument in arguments or ()}
    return "/".join("*" if part.startswith("{") or part in given else part for part in path.split("/"))


def test_anyone_gets_it_worded_in_their_language(world: World, client: Client) -> None:
    english = client.get(SCHEMA)
    french = client.get(SCHEMA, headers={"accept-language": "fr"})
    assert english.headers["Content-Type"] == "application/json"
    assert french.headers["Content-Language"] == "fr"
    one = "/api/v1/commitments/{uid}/"
    assert english.json()["paths"][one]["get"]["summary"] == "One commitment"
    assert french.json()["paths"][one]["get"]["summary"] == "Un engagement"


def test_what_fields_mean_is_said_in_every_language() -> None:
    """Names are for programs and stay; so do lists of codes, some of which have no other words."""
    told: dict[str, dict[str, str]] = {}
    for language in CODES:
        with translation.override(language):
            shapes = described(language)["components"]["schemas"]
        told[language] = {
            f"{shape}.{name}": str(field["description"])
            for shape, made in shapes.items()
            for name, field in made.get("properties", {}).items()
            if not field.get("description", "* ").startswith("* ")
        }
    assert len(told["en"]) > 25
    for language in set(CODES) - {"en"}:
        assert told[language].keys() == told["en"].keys()
        assert not [name for name, words in told[language].items() if words == told["en"][name]], language
