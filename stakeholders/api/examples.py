"""Example answers for the description of the API, made from its schemas, so that they are always of their shape."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from stakeholders.languages import get_language as language_of

FORMATS = {
    "date": "2026-10-01",
    "date-time": "2026-10-01T09:30:00Z",
    "uuid": "3f6c0b8e-4d5a-4c1e-9d0a-2b7f1c9e8a10",
    "email": "person@example.org",
}
# Where a name alone says what stands there.
NAMES: dict[str, Any] = {
    "commitment": "a4p-2018-c001",
    "area": "a4p-2018-a1",
    "declaration": "a4p-2018",
    "cycle": "2026-q4",
    "baseline": "2026-q3",
    "stakeholder": "state-alpha",
    "code": "1.1",
    "language": "en",
    "original_language": "en",
    "symbol": "A/72/19",
    "sha256": "0" * 64,
    "hash": "0" * 64,
    "previous_hash": "0" * 64,
    "quarter": 4,
    "year": 2026,
    "position": 1,
    "limit": 50,
    "time_zone": "UTC",
    "verb": "publish",
    "detail": {},
    "content_type": "application/pdf",
    "file_name": "list.pdf",
    "iso_alpha2": "AA",
    "iso_alpha3": "AAA",
    "m49": "000",
    "next": None,
    "previous": None,
    "errors": [],
}


def example_of(schema: dict[str, Any], components: dict[str, Any], name: str = "") -> Any:
    """A value of this shape. `components` are the schemas that references lead to."""
    if "$ref" in schema:
        kind = schema["$ref"].rsplit("/", 1)[1]
        return _text() if kind == "Text" else example_of(components[kind], components, name)
    for several in ("oneOf", "anyOf", "allOf"):
        if several in schema:
            return example_of(schema[several][0], components, name)
    if "enum" in schema:
        return schema["enum"][0]
    if name in NAMES:
        return NAMES[name]
    return _plain(schema, components, name)


def _plain(schema: dict[str, Any], components: dict[str, Any], name: str) -> Any:
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    match kind:
        case "object":
            parts = schema.get("properties", {})
            return {key: example_of(part, components, key) for key, part in parts.items()}
        case "array":
            return [example_of(schema["items"], components)]
        case "integer" | "number":
            return int(schema.get("minimum", 1))
        case "boolean":
            return False
        case "string":
            return FORMATS.get(schema.get("format", ""), _address(schema, name))
    return {}


def _address(schema: dict[str, Any], name: str) -> str:
    return f"{settings.SITE_ADDRESS}/api/v1/" if schema.get("format") == "uri" else f"{name or 'text'}"


def _text() -> dict[str, Any]:
    language = language_of(get_language() or "en")
    words = {"language": language.html_lang, "direction": language.direction, "fallback": False}
    return {"text": language.name, **words}
