"""The link at the foot of a digest: it needs no signing in, and proves by its signature whose mail it stood in."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from stakeholders.models import User

_signer = Signer(salt="stakeholders.unsubscribing")


def link_for(person: User) -> str:
    """In the language that is active; it works as long as the account exists."""
    return settings.SITE_ADDRESS + reverse("unsubscribe", args=[_signer.sign(str(person.pk))])


def person_behind(token: str) -> User | None:
    try:
        return User.objects.filter(pk=_signer.unsign(token)).first()
    except BadSignature:
        return None


def headers_for(person: User) -> dict[str, str]:
    """What lets a mail program offer the same with one click (RFC 2369, RFC 8058)."""
    return {"List-Unsubscribe": f"<{link_for(person)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
