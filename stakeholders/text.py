"""What text written by people may hold, and how it is stored: NFC, line feeds, no invisible control."""

import re
import unicodedata
from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stakeholders.languages import get_language

# Overrides and embeddings turn the text around them; isolates are harmless in a body, not in a name.
REORDERING = re.compile("[\u202a-\u202e]")
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
ISOLATES = re.compile("[\u2066-\u2069]")
LEAST_LETTERS_TO_JUDGE = 20
SCRIPT_NAMES = {"Arabic": ("ARABIC",), "Han": ("CJK",), "Latin": ("LATIN",), "Cyrillic": ("CYRILLIC",)}


def clean_body(value: str) -> str:
    """NFC, one kind of line end (browsers send CR LF), no spaces at the ends."""
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def validate_body(value: str) -> None:
    """Several lines of text: no control characters but tab and line feed, no reordering characters."""
    _refuse_controls(value, allowed="\n\t")


def validate_single_line(value: str) -> None:
    """A name or a title: no control characters at all, nothing that reorders its neighbours."""
    _refuse_controls(value, allowed="")
    if ISOLATES.search(value):
        raise ValidationError(_("Remove the invisible characters that change the direction of writing."))


def _refuse_controls(value: str, *, allowed: str) -> None:
    found = next((match for match in CONTROLS.finditer(value) if match[0] not in allowed), None)
    if found is not None:
        raise ValidationError(
            _("Character number %(position)s is a control character (%(code)s). Remove it."),
            params={"position": found.start() + 1, "code": f"U+{ord(found[0]):04X}"},
        )
    if REORDERING.search(value):
        raise ValidationError(_("Remove the invisible characters that change the direction of writing."))


def is_mostly_in_script_of(text: str, language: str) -> bool:
    """Whether at least half of the letters belong to the script of the language.

    Short texts are not judged: a reply of two acronyms says nothing about its language.
    """
    letters = [character for character in text if character.isalpha()]
    if len(letters) < LEAST_LETTERS_TO_JUDGE:
        return True
    prefixes = SCRIPT_NAMES[get_language(language).script]
    own = sum(n for letter, n in Counter(letters).items() if unicodedata.name(letter, "").startswith(prefixes))
    return own * 2 >= len(letters)


def isolated(text: str) -> str:
    """A name inside a sentence, so that neither turns the other round where no markup can say so."""
    return f"\u2068{text}\u2069"
