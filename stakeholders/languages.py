"""The six official languages of the United Nations, in United Nations order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """`code` is Django's, `html_lang` is BCP 47, `name` is the language's name in itself."""

    code: str
    name: str
    direction: str
    script: str

    @property
    def html_lang(self) -> str:
        return "zh-Hans" if self.code == "zh-hans" else self.code

    @property
    def og_locale(self) -> str:
        """The form that the Open Graph protocol wants: language and territory."""
        return OG_LOCALES[self.code]

    @property
    def column(self) -> str:
        """The suffix of this language's column in translated fields: `title_zh_hans`."""
        return self.code.replace("-", "_")


LANGUAGES = (
    Language("ar", "العربية", "rtl", "Arabic"),
    Language("zh-hans", "中文", "ltr", "Han"),
    Language("en", "English", "ltr", "Latin"),
    Language("fr", "Français", "ltr", "Latin"),
    Language("ru", "Русский", "ltr", "Cyrillic"),
    Language("es", "Español", "ltr", "Latin"),
)
# Territories that stand for the language, not for a State: the protocol has no form without one.
OG_LOCALES = {"ar": "ar_AR", "zh-hans": "zh_CN", "en": "en_GB", "fr": "fr_FR", "ru": "ru_RU", "es": "es_ES"}
CODES = tuple(language.code for language in LANGUAGES)
CHOICES = [(language.code, language.name) for language in LANGUAGES]
_BY_CODE = {language.code: language for language in LANGUAGES}


def get_language(code: str) -> Language:
    """The language with this code; KeyError for any other code."""
    return _BY_CODE[code]


def columns(field: str) -> list[str]:
    """The six columns of a translated field: title -> title_ar, title_zh_hans, ..."""
    return [f"{field}_{language.column}" for language in LANGUAGES]


def in_all_languages(thing: object, field: str) -> dict[str, str]:
    """A translated field as {language code: text}, without falling back."""
    return {language.code: getattr(thing, f"{field}_{language.column}") or "" for language in LANGUAGES}
