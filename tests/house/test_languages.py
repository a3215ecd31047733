"""The interface speaks six languages completely: nothing untranslated, fuzzy, or with another placeholder."""

import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from stakeholders.dates import long_date, quarter_name
from stakeholders.languages import LANGUAGES

LOCALE = Path(__file__).resolve().parent.parent.parent / "locale"
FOLDERS = {"zh-hans": "zh_Hans"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
PLURAL_FORMS = {"ar": 6, "zh-hans": 1, "en": 2, "fr": 2, "ru": 4, "es": 3}


def catalogue(code: str) -> Catalog:
    with (LOCALE / FOLDERS.get(code, code) / "LC_MESSAGES" / "django.po").open("rb") as stream:
        return read_po(stream)


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


@pytest.mark.parametrize("code", [language.code for language in LANGUAGES])
def test_every_word_is_translated(code: str) -> None:
    messages = [m for m in catalogue(code) if m.id]
    assert len(messages) > 400
    assert [m.id for m in messages if m.fuzzy] == []
    assert [m.id for m in messages if not all(forms(m))] == []


@pytest.mark.parametrize("code", [language.code for language in LANGUAGES])
def test_plural_forms_and_placeholders_are_those_of_the_source(code: str) -> None:
    for message in catalogue(code):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = set(PLACEHOLDER.findall(" ".join(ids)))
        if len(ids) == 2:
            assert len(forms(message)) == PLURAL_FORMS[code], message.id
        for form in forms(message):
            assert set(PLACEHOLDER.findall(form)) == wanted, (message.id, form)


def test_arabic_is_written_in_arabic() -> None:
    latin_only = [m.id for m in catalogue("ar") if m.id and not re.search("[\u0600-\u06ff]", "".join(forms(m)))]
    allowed = [i for i in latin_only if not re.search("[a-z]{3}", PLACEHOLDER.sub("", str(i)))]
    assert latin_only == allowed


def test_months_and_quarters_are_united_nations_usage() -> None:
    day = date(2026, 7, 1)
    assert long_date(day, "ar") == "1 تموز/يوليه 2026"
    assert long_date(day, "zh-hans") == "2026年7月1日"
    assert long_date(day, "en") == "1 July 2026"
    assert long_date(day, "fr") == "1er juillet 2026"
    assert long_date(date(2026, 7, 21), "fr") == "21 juillet 2026"
    assert long_date(day, "ru") == "1 июля 2026 года"
    assert long_date(day, "es") == "1 de julio de 2026"
    assert quarter_name(2026, 4, "ar") == "الربع الرابع من عام 2026"
    assert quarter_name(2026, 4, "zh-hans") == "2026年第四季度"
