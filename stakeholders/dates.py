"""Dates, quarters and numbers as United Nations documents write them in each language.

Every function takes the language code and falls back on the active language when none is given.
"""

from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language

from stakeholders.languages import CODES

LOCALES = {
    "ar": Locale("ar"),
    "zh-hans": Locale("zh", script="Hans"),
    "en": Locale("en", territory="GB"),
    "fr": Locale("fr"),
    "ru": Locale("ru"),
    "es": Locale("es"),
}

# United Nations documents in Arabic give both names of a month; CLDR gives one.
ARABIC_MONTHS = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)
LONG_DATES = {
    "zh-hans": "y年M月d日",
    "en": "d MMMM y",
    "fr": "d MMMM y",
    "ru": "d MMMM y 'года'",
    "es": "d 'de' MMMM 'de' y",
}


def _code(language: str | None) -> str:
    code = language or get_language() or "en"
    return code if code in CODES else "en"


def long_date(day: date, language: str | None = None) -> str:
    """1 July 2026, with the month in words."""
    return _long_date(day, _code(language))


def month_name(number: int, language: str | None = None) -> str:
    """July, by itself; both names of the month in Arabic."""
    code = _code(language)
    if code == "ar":
        return ARABIC_MONTHS[number - 1]
    return str(LOCALES[code].months["stand-alone"]["wide"][number])


@lru_cache(maxsize=2_000)
def _long_date(day: date, code: str) -> str:
    if code == "ar":
        return f"{day.day} {ARABIC_MONTHS[day.month - 1]} {day.year}"
    text = format_date(day, LONG_DATES[code], locale=LOCALES[code])
    return text.replace("1 ", "1er ", 1) if code == "fr" and day.day == 1 else text


def long_moment(moment: datetime, language: str | None = None) -> str:
    """1 July 2026, 14:05 UTC."""
    code = _code(language)
    utc = moment.astimezone(timezone.get_fixed_timezone(0))
    time = format_time(utc, "HH:mm", locale=LOCALES[code])
    separator = {"ar": "، ", "zh-hans": " "}.get(code, ", ")
    return f"{long_date(utc.date(), code)}{separator}{time} UTC"


QUARTERS = {
    "ar": ("الربع الأول", "الربع الثاني", "الربع الثالث", "الربع الرابع"),
    "en": ("First quarter of", "Second quarter of", "Third quarter of", "Fourth quarter of"),
    "fr": ("Premier trimestre", "Deuxième trimestre", "Troisième trimestre", "Quatrième trimestre"),
    "ru": ("I квартал", "II квартал", "III квартал", "IV квартал"),
    "es": ("Primer trimestre de", "Segundo trimestre de", "Tercer trimestre de", "Cuarto trimestre de"),
}


def quarter_name(year: int, quarter: int, language: str | None = None) -> str:
    """A calendar quarter in words, so that no direction of writing can turn it round."""
    code = _code(language)
    if code == "zh-hans":
        return f"{year}年第{'一二三四'[quarter - 1]}季度"
    name = QUARTERS[code][quarter - 1]
    if code == "ar":
        return f"{name} من عام {year}"
    return f"{name} {year} года" if code == "ru" else f"{name} {year}"


def number(value: int | float, language: str | None = None) -> str:
    return _number(value, _code(language))


@lru_cache(maxsize=10_000)
def _number(value: int | float, code: str) -> str:
    return format_decimal(value, locale=LOCALES[code])


def percent(share: float, language: str | None = None) -> str:
    """A share between 0 and 1 in whole percent; with a decimal below one, so that little is not shown as nothing."""
    code = _code(language)
    digits = "0.0" if 0 < share < 0.01 else "0"
    space = "" if code in ("en", "ar", "zh-hans") else "\u00a0"
    return format_percent(share, format=f"#,##{digits}{space}%", locale=LOCALES[code])
