"""The report's own words: labels and small sentences in the active language."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from commitments.models import OwnerKind, Provenance
from progress.models import AssignmentKind, Status, UpdateVersion
from reports.figures import FIRST, MOVED, NOT_AGAIN, PUBLISHED, SAME, SILENT
from stakeholders.models import StakeholderKind

# The separator of a list within a sentence, after the practice of each language.
SEPARATORS = {"ar": "، ", "zh-hans": "、"}
OWNER_KINDS = tuple(OwnerKind.values)
TEXTS = UpdateVersion.TEXTS

# Translators: names of languages inside a sentence, as in "Written in French".
LANGUAGE_NAMES: dict[str, Promise] = {
    "ar": pgettext_lazy("language", "Arabic"),
    "zh-hans": pgettext_lazy("language", "Chinese"),
    "en": pgettext_lazy("language", "English"),
    "fr": pgettext_lazy("language", "French"),
    "ru": pgettext_lazy("language", "Russian"),
    "es": pgettext_lazy("language", "Spanish"),
}


def joined(sentences: list[str], language: str) -> str:
    """Sentences one after the other; Chinese puts no space between them."""
    return ("" if language == "zh-hans" else " ").join(sentences)


def listed(items: list[str], language: str) -> str:
    return SEPARATORS.get(language, ", ").join(items)


def status_label(key: str) -> str:
    """The word for a rung of the ladder, for any of them, or for an answer that was not received."""
    if key == PUBLISHED:
        return pgettext("column", "Published")
    return pgettext("status", "No information received") if key == SILENT else str(Status(key).label)


def change_label(key: str) -> str:
    return {
        FIRST: _("For the first time"),
        MOVED: _("Status moved"),
        SAME: _("Status unchanged"),
        NOT_AGAIN: _("Not again"),
    }[key]


def owner_label(key: str) -> str:
    return str(OwnerKind(key).label)


def provenance_label(key: str) -> str:
    return str(Provenance(key).label)


def kind_label(key: str) -> str:
    return str(StakeholderKind(key).label)


def assignment_label(key: str) -> str:
    return str(AssignmentKind(key).label)


def shown_texts(update: dict[str, Any], language: str) -> dict[str, str]:
    """The update's texts in this language, else in its original, and under `language` which it is.

    Sources are mostly symbols: a translation without its own shows the original's.
    """
    translated = update["translations"].get(language)
    if not translated:
        return {**{name: update[name] for name in TEXTS}, "language": update["language"]}
    sources = translated["sources"] or update["sources"]
    return {**{name: translated[name] for name in TEXTS}, "sources": sources, "language": language}


def labels() -> dict[str, str]:
    """Words the layout itself needs. %(page)s and %(total)s are filled in on each page."""
    return {
        "contents": pgettext("report", "Contents"),
        "page_of": pgettext("report", "Page %(page)s of %(total)s"),
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


class AnswerWords:
    """What stands round every answer, in the active language.

    Looked up once a report: for thousands of answers the looking up would cost more than all the rest.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.statuses = {key: status_label(key) for key in Status.values}
        self.headings = {
            "narrative": _("What was done"),
            "obstacles": _("Obstacles and support needed"),
            "next_steps": _("Next steps"),
            "sources": _("Evidence and sources"),
        }
        self.demonstration = pgettext("mark", "Demonstration")
        self.from_source = _("Taken from a published source, in our own words.")
        self.published = _("Published %(day)s, version %(number)s")
        self._notes = {
            (original, state): sentence % {"language": name}
            for original, name in LANGUAGE_NAMES.items()
            for state, sentence in _language_sentences()
        }

    def language_note(self, update: dict[str, Any]) -> str:
        """What must be said about the language of an update; empty when it was written in the report's own."""
        original = update["language"]
        if original == self.language:
            return ""
        translation = update["translations"].get(self.language)
        return self._notes[original, translation["state"] if translation else ""]


def _language_sentences() -> Iterable[tuple[str, str]]:
    """State of a translation, nothing where there is none -> what is said of it."""
    return (
        ("", _("Written in %(language)s; not translated.")),
        ("signed", _("Translated from %(language)s.")),
        ("machine", _("Translated from %(language)s by machine and not signed by a translator.")),
        ("draft", _("Translated from %(language)s; the translation is not signed yet.")),
    )
