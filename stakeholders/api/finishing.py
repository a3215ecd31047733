"""The last touches to the description of the API: what its library cannot know."""

from collections.abc import Iterator
from typing import Any

from stakeholders.api.examples import example_of
from stakeholders.api.problems import CONTENT_TYPE
from stakeholders.serializers.words import schema_of_text

MARK = "x-spec-enum-id"


def finished(result: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The shape of texts, which fields refer to; examples; no field that is sure to be there where `fields` chooses."""
    components = result["components"]
    components["schemas"]["Text"] = schema_of_text()
    components["examples"] = {}
    for operation in _operations(result):
        _loosen(operation, components["schemas"])
        _give_examples(operation, components)
    _without(MARK, components["schemas"])
    return result


def _operations(result: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in result["paths"].values():
        yield from methods.values()


def _loosen(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    if any(parameter["name"] == "fields" for parameter in operation.get("parameters", ())):
        shape = _named(schemas, operation["responses"]["200"]["content"]["application/json"]["schema"])
        rows = shape["properties"].get("results")
        (_named(schemas, rows["items"]) if rows else shape).pop("required", None)


def _named(schemas: dict[str, Any], reference: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = schemas[reference["$ref"].rsplit("/", 1)[1]]
    return found


def _give_examples(operation: dict[str, Any], components: dict[str, Any]) -> None:
    """Every body has one. Those of problems are the same everywhere and stand apart."""
    bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
    for kind, media in ((kind, media) for body in bodies for kind, media in body.get("content", {}).items()):
        if kind == CONTENT_TYPE:
            for name, example in media["examples"].items():
                components["examples"][name] = example
                media["examples"][name] = {"$ref": f"#/components/examples/{name}"}
        elif "schema" in media:
            media["example"] = example_of(media["schema"], components["schemas"])


def _without(name: str, among: Any) -> None:
    """The library's own marks are of use to nobody else."""
    if isinstance(among, dict):
        among.pop(name, None)
    for inner in among.values() if isinstance(among, dict) else among if isinstance(among, list) else ():
        _without(name, inner)
