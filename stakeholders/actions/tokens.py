import hashlib
import secrets
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders import diary, policies
from stakeholders.models import Token, User
from stakeholders.models.token import LONGEST

# Scanners of published code know leaked secrets by how they begin.
MARK = "a4p_"
SHOWN = len(MARK) + 6
MOST_TOKENS = 20
# A program that asks often writes down once a minute that it did.
NOTED_EVERY = timedelta(minutes=1)


def create_token(
    *, person: User, name: str, scope: str, expires_at: datetime, at: datetime | None = None
) -> tuple[Token, str]:
    """A token for the person's own programs, and its secret, which nobody can read again.

    Raises PermissionDenied for an account that is closed, ValidationError keyed by field.
    """
    at = at or timezone.now()
    if not person.is_active:
        raise PermissionDenied
    secret = MARK + secrets.token_urlsafe(32)
    token = Token(
        person=person,
        name=name.strip(),
        scope=scope,
        prefix=secret[:SHOWN],
        digest=_digest(secret),
        created_at=at,
        expires_at=expires_at,
    )
    _require_sound_expiry(expires_at, at)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=person.pk)
        if Token.objects.valid(at).filter(person=person).count() >= MOST_TOKENS:
            raise ValidationError(
                _("You have %(n)s tokens. End one before you make another."), params={"n": MOST_TOKENS}
            )
        _require_free_name(token)
        token.full_clean()
        token.save(force_insert=True)
        _record("token.created", token, person, at, scope=scope, expires_at=expires_at.isoformat())
    return token, secret


def end_token(*, token: Token, actor: User, at: datetime | None = None) -> None:
    """From the next request on the token lets nobody in. Ending twice is ending once. Raises PermissionDenied."""
    at = at or timezone.now()
    if not policies.may_end_token(actor, token):
        raise PermissionDenied
    with transaction.atomic():
        if Token.objects.standing().filter(pk=token.pk).update(ended_at=at) == 1:
            _record("token.ended", token, actor, at, why="asked")


def end_tokens_of(*, person: User, actor: User | None, why: str, at: datetime | None = None) -> int:
    """End all of a person's tokens, as a new password and a closed account do. Returns how many."""
    at = at or timezone.now()
    with transaction.atomic():
        standing = list(Token.objects.standing().select_for_update().filter(person=person))
        for token in standing:
            if Token.objects.standing().filter(pk=token.pk).update(ended_at=at) == 1:
                _record("token.ended", token, actor, at, why=why)
    return len(standing)


def change_password(*, person: User, password: str, at: datetime | None = None) -> None:
    """Set a password that has been found sound. What was let in by the old one is let in no longer."""
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password", "password_set_at"])
        end_tokens_of(person=person, actor=person, why="password", at=at)


def token_behind(secret: str, *, at: datetime | None = None) -> Token | None:
    """The valid token with this secret, its person with it; that it was used is noted.

    The secret is compared by looking up its SHA-256, whose bytes an attacker cannot steer, so how long a wrong one
    takes tells nothing.
    """
    at = at or timezone.now()
    token = Token.objects.valid(at).select_related("person").filter(digest=_digest(secret)).first()
    if token is not None:
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - NOTED_EVERY)
        if token.last_used_at is None or token.last_used_at < at - NOTED_EVERY:
            Token.objects.filter(stale, pk=token.pk).update(last_used_at=at)
    return token


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _require_sound_expiry(expires_at: datetime, at: datetime) -> None:
    if not at < expires_at <= at + LONGEST:
        raise ValidationError({"expires_at": _("A token lasts one year at most, and ends after today.")})


def _require_free_name(token: Token) -> None:
    if Token.objects.standing().filter(person=token.person, name=token.name).exists():
        raise ValidationError({"name": _("You have a token of this name. Choose another name, or end that token.")})


def _record(verb: str, token: Token, actor: User | None, at: datetime, **more: object) -> None:
    diary.record(actor=actor, verb=verb, subject=token, at=at, person=token.person_id, name=token.name, **more)
