"""Texts that a spreadsheet would take for a formula, made harmless on the way out and whole again on the way in."""

import re

STARTS_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")
WAS_MADE_HARMLESS = re.compile(r"'+[=+\-@\t\r]")


def harmless(text: str) -> str:
    """One apostrophe more before what begins like a formula; what had apostrophes there already gets one as well."""
    return f"'{text}" if STARTS_A_FORMULA.match(text) else text


def restored(text: str) -> str:
    """What `harmless` was given."""
    return text[1:] if WAS_MADE_HARMLESS.match(text) else text
