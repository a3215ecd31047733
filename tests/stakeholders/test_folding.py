"""What search takes for the same word."""

import pytest

from stakeholders.folding import fold, terms_of, words_of

SAME = [
    "État état ETAT E\u0301tat",
    "œuvre oeuvre ŒUVRE",
    "niño nino NIÑO",
    "straße STRASSE",
    "ещё еще ЕЩЁ",
    "йод ЙОД и\u0306од",
    "أمن إمن آمن ٱمن امن",
    "مبنى مبني",
    "مسألة مساله",
    "مؤتمر موتمر",
    "بيئة بييه",
    "دُرِّبَتْ دربت درّبت دربـــت",
    "١٢٣ ۱۲۳ 123 １２３",
    "کتاب كتاب",
    "ﻼم لام",
    "A4P a4p Ａ４Ｐ",
]


@pytest.mark.parametrize("words", SAME)
def test_these_are_the_same_word(words: str) -> None:
    assert len({fold(word) for word in words.split()}) == 1


@pytest.mark.parametrize("words", ["йод иод", "мой мои", "год года", "peace peaces", "سلام كلام", "维持 维和"])
def test_these_are_not(words: str) -> None:
    assert len({fold(word) for word in words.split()}) == 2


def asked(typed: str) -> list[str]:
    """The words looked for, with a star where longer ones are meant too."""
    return [f"{term.word}{'*' if term.is_beginning else ''}" for term in terms_of(typed)]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("Two units", ["two*", "units*"]),
        ("UN in Mali", ["un", "in", "mali*"]),
        ("peace PEACE", ["peace*"]),
        ("l'État d’Ivoire", ["etat*", "ivoire*"]),
        ("the State's duty", ["the*", "state*", "duty*"]),
        ("qu'elle", ["elle*"]),
        ("S/RES/2719 (2023)", ["s", "res", "2719", "2023"]),
        ("peace-build", ["peace", "build*"]),
        ("1.1 A4P+", ["1.1", "a4p*"]),
        ("维持和平", ["维持", "持和", "和平"]),
        ("和", ["和"]),
        ("A4P倡议", ["a4p*", "倡议"]),
        ("السلام والسلام للسلام بالسلام", ["سلام*"]),
        ("١٢٠ مدنيًا", ["120", "مدنيا*"]),
        ("??? — …", []),
        ("'; DROP TABLE -- \" * OR", ["drop*", "table*", "or"]),
        ("\x00 \u202e \ufeff", []),
    ],
)
def test_what_is_typed_becomes_words_to_look_for(typed: str, terms: list[str]) -> None:
    assert asked(typed) == terms


def test_arabic_words_are_found_without_their_article_and_particles() -> None:
    words = words_of("والدولة لحماية المدنيين")
    assert {"دوله", "حمايه", "مدنيين", "المدنيين"} <= words


def test_numbers_with_points_are_found_by_their_parts() -> None:
    assert words_of("10.11.2026") == {"10.11.2026", "10", "11", "2026"}


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "维" * 3_000, "ﷺ", "ـ", "\u0301", "a.b..1.2.", "²½Ⅷ", "𠀀𠀁", "=status=x"]
)
def test_no_word_holds_what_a_database_would_read_otherwise(text: str) -> None:
    for word in words_of(text):
        assert word
        assert len(word) <= 64
        assert all(character.isalnum() or character == "." for character in word)
