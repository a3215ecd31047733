"""What every page knows: its language, the other five, whether this is a demonstration."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from stakeholders.languages import CODES, LANGUAGES, Language
from stakeholders.languages import get_language as language_of


@dataclass(frozen=True)
class LanguageLink:
    """This very page in one of the languages; `absolute` for machines that ask for a full address."""

    language: Language
    url: str
    current: bool

    @property
    def code(self) -> str:
        return self.language.code

    @property
    def name(self) -> str:
        return self.language.name

    @property
    def html_lang(self) -> str:
        return self.language.html_lang

    @property
    def direction(self) -> str:
        return self.language.direction

    @property
    def absolute(self) -> str:
        return f"{settings.SITE_ADDRESS}{self.url}"


def current_language() -> Language:
    code = get_language()
    return language_of(code if code in CODES else "en")


def absolute(name: str, *arguments: object) -> str:
    """The full address of a page in the active language, for files and feeds that travel."""
    return f"{settings.SITE_ADDRESS}{reverse(name, args=arguments)}"


def in_language(language: Language, path: str) -> str:
    """The same address in another language: every page has its language's code in front."""
    code, _slash, rest = path[1:].partition("/")
    return f"/{language.code}/{rest}" if code in CODES else path


def site(request: HttpRequest) -> dict[str, Any]:
    current = current_language()
    path = request.get_full_path()
    links = [LanguageLink(language, in_language(language, path), language == current) for language in LANGUAGES]
    return {
        "language": current,
        "languages": links,
        "site_address": settings.SITE_ADDRESS,
        "demonstration": settings.DEMONSTRATION,
    }
