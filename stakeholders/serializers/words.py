"""How texts stand in an answer: each with its language, its direction, and whether another language was wanted."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from stakeholders.context import current_language
from stakeholders.languages import CODES, LANGUAGES, Language

TEXT_OR_NOTHING = {"oneOf": [{"$ref": "#/components/schemas/Text"}, {"type": "null"}]}


def schema_of_text() -> dict[str, Any]:
    """What a text is made of, told in the active language."""
    fallback = _("True where the text is not in the language of the answer.")
    return {
        "type": "object",
        "required": ["text", "language", "direction", "fallback"],
        "properties": {
            "text": {"type": "string"},
            "language": {"type": ["string", "null"], "enum": [*(language.html_lang for language in LANGUAGES), None]},
            "direction": {"type": "string", "enum": ["ltr", "rtl", "auto"]},
            "fallback": {"type": "boolean", "description": fallback},
        },
    }


def worded(text: str, written_in: Language) -> dict[str, Any] | None:
    """The text as it stands in answers; None where there is none."""
    if not text:
        return None
    return {
        "text": text,
        "language": written_in.html_lang,
        "direction": written_in.direction,
        "fallback": written_in != current_language(),
    }


def translated(thing: object, field: str) -> dict[str, Any] | None:
    """A field with six columns: in the language of the answer, else in English, else in whichever there is."""
    wanted = current_language()
    order = [wanted, *sorted(LANGUAGES, key=lambda one: (one.code != "en", CODES.index(one.code)))]
    for language in order:
        if text := getattr(thing, f"{field}_{language.column}"):
            return worded(text, language)
    return None


@extend_schema_field(TEXT_OR_NOTHING)
class Translated(serializers.Field[Any, Any, Any, Any]):
    """A field of the record that has six columns."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, source="*", **kwargs)

    def to_representation(self, value: object) -> dict[str, Any] | None:
        assert self.field_name
        return translated(value, self.field_name)


@extend_schema_field(TEXT_OR_NOTHING)
class Written(serializers.Field[Any, Any, Any, Any]):
    """A text in the one language its record was written in (`written_in`)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, source="*", **kwargs)

    def to_representation(self, value: Any) -> dict[str, Any] | None:
        assert self.field_name
        return worded(getattr(value, self.field_name), value.written_in)


@extend_schema_field(TEXT_OR_NOTHING)
class Unsaid(serializers.Field[Any, Any, Any, Any]):
    """A text of which nobody has said in what language it is: its language is null, its direction to be guessed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: str) -> dict[str, Any] | None:
        return {"text": value, "language": None, "direction": "auto", "fallback": False} if value else None
