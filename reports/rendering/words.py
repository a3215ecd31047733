"""The report's own words: labels and small sentences in the active language."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.models import OwnerKind, Provenance
from progress.models import Status
from stakeholders.languages import get_language
from stakeholders.models import StakeholderKind

# The separator of a list within a sentence, after the practice of each language.
SEPARATORS = {"ar": "، ", "zh-hans": "、"}


def listed(items: list[str], language: str) -> str:
    return SEPARATORS.get(language, ", ").join(items)


def status_label(key: str) -> str:
    return str(Status(key).label)


def owner_label(key: str) -> str:
    return str(OwnerKind(key).label)


def provenance_label(key: str) -> str:
    return str(Provenance(key).label)


def kind_label(key: str) -> str:
    return str(StakeholderKind(key).label)


def labels() -> dict[str, str]:
    """Words the layout itself needs. %(page)s and %(total)s are filled in on each page."""
    return {
        "contents": pgettext("report", "Contents"),
        "page_of": pgettext("report", "Page %(page)s of %(total)s"),
        "no_information": _("No information received"),
        "skip": _("Skip to the report"),
        "languages": _("This report is issued in Arabic, Chinese, English, French, Russian and Spanish."),
    }


def paragraph_in_words(code: str) -> str:
    """The paragraph column of the working breakdown, as a part of a sentence."""
    words = {
        "coll.": _("the area's collective paragraph, whose number was not seen"),
        "n.s.": _("a paragraph that was not seen"),
        "5 (n.s.)": _("probably paragraph 5, which was not seen in full"),
    }
    return words.get(code) or _("paragraph %(number)s") % {"number": code or "—"}


def language_note(update: dict[str, Any], language: str) -> str:
    """What must be said about the language of an update; empty when it was written in the report's own."""
    if update["language"] == language:
        return ""
    original = get_language(update["language"]).name
    translation = update["translations"].get(language)
    if translation is None:
        return _("Written in %(language)s; not translated.") % {"language": original}
    if translation["state"] == "signed":
        return _("Translated from %(language)s.") % {"language": original}
    if translation["state"] == "machine":
        return _("Translated from %(language)s by machine and not signed by a translator.") % {"language": original}
    return _("Translated from %(language)s; the translation is not signed yet.") % {"language": original}
