"""A cookie that tells a browser somebody has signed in with before from one that only guesses.

Wrong passwords are counted by e-mail address and device: an attacker uses up the tries of unknown devices and can
never lock out the browser its owner works with (the "device cookies" of OWASP).
"""

import secrets
from typing import TypedDict

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from stakeholders.models import User

COOKIE = "device"
SALT = "stakeholders.device"
MAX_AGE = 365 * 24 * 3600
MOST_PEOPLE = 10  # who share one browser


class Device(TypedDict):
    id: str
    emails: list[str]


def device_of(request: HttpRequest, email: str) -> str:
    """The id of the device if this person has signed in with it before, else nothing."""
    device = _read(request)
    return device["id"] if device and email.lower() in device["emails"] else ""


def remember_device(request: HttpRequest, response: HttpResponseBase, person: User) -> None:
    device = _read(request) or Device(id=secrets.token_urlsafe(12), emails=[])
    emails = [person.email, *(email for email in device["emails"] if email != person.email)][:MOST_PEOPLE]
    value = signing.dumps({"id": device["id"], "emails": emails}, salt=SALT, compress=True)
    response.set_cookie(COOKIE, value, max_age=MAX_AGE, secure=settings.HTTPS, httponly=True, samesite="Lax")


def _read(request: HttpRequest) -> Device | None:
    try:
        device: Device = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:  # none yet, too old, or not ours: an unknown device
        return None
    return device
