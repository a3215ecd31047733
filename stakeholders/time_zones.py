"""Time zones as people choose them: by a city, in the reader's language. Cities belong to no dispute over names."""

from functools import lru_cache
from zoneinfo import available_timezones

from babel.core import get_global
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stakeholders.collation import collation_key
from stakeholders.dates import LOCALES

NOT_PLACES = ("Etc/", "Antarctica/")


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    return frozenset(available_timezones())


def validate_time_zone(name: str) -> None:
    if name not in known():
        raise ValidationError(_("“%(name)s” is not a time zone. Choose a city from the list."), params={"name": name})


def choices(language: str, *, also: str) -> list[tuple[str, str]]:
    """(zone, city in this language) in the order of the language; UTC comes first, and one that is in use is there."""
    offered = _in_order(language)
    return offered if also in dict(offered) else [(also, city_of(also, language)), *offered]


@lru_cache(maxsize=6)
def _in_order(language: str) -> list[tuple[str, str]]:
    cities = [(zone, city_of(zone, language)) for zone in _offered()]
    return [("UTC", "UTC"), *sorted(cities, key=lambda choice: collation_key(choice[1], language))]


def city_of(zone: str, language: str) -> str:
    cities = LOCALES[language].time_zones
    for name in (zone, *_former_names().get(zone, [])):
        if city := cities.get(name, {}).get("city"):
            return str(city)
    return zone.rsplit("/", 1)[-1].replace("_", " ")


@lru_cache(maxsize=1)
def _former_names() -> dict[str, list[str]]:
    """Some translations still stand under the name a zone had before."""
    former: dict[str, list[str]] = {}
    for before, now in get_global("zone_aliases").items():
        former.setdefault(now, []).append(before)
    return former


@lru_cache(maxsize=1)
def _offered() -> list[str]:
    zones = [zone for zones in get_global("territory_zones").values() for zone in zones]
    return [zone for zone in zones if zone in known() and "/" in zone and not zone.startswith(NOT_PLACES)]
