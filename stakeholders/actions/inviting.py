import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from stakeholders import diary, policies
from stakeholders.actions.tokens import end_tokens_of
from stakeholders.mail import queue_mail
from stakeholders.models import Appointment, Duty, Invitation, User
from stakeholders.models.invitation import LASTS


def person_of(*, email: str, name: str, language: str) -> User:
    """The person with this address; one is entered when there is none, who cannot sign in before accepting.

    Raises ValidationError keyed by field; refuses an account that was closed.
    """
    known = User.objects.filter(email=email.strip().lower()).first()
    if known is None:
        return User.objects.create_user(email, None, name=name.strip(), language=language)
    if not known.is_active:
        raise ValidationError({"email": _("The account of this person was closed.")})
    return known


def invite(*, person: User, by: User | None, instead_of: int | None = None, at: datetime | None = None) -> None:
    """Mail a person the link that opens their account; an earlier link stops working.

    `instead_of` names the invitation to be replaced: when a newer one has gone out since, this is a second click and
    nothing happens. PermissionDenied for who may not invite; ValidationError when the account is open already.
    """
    if by is not None and not policies.may_invite(by, person):
        raise PermissionDenied
    if person.has_usable_password():
        raise ValidationError(
            _("This account is open already; a new password is asked for on the page for signing in.")
        )
    at, token = at or timezone.now(), secrets.token_urlsafe(32)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=person.pk)  # of two clicks at once the second sees the first
        newest = person.invitations.order_by("-pk").values_list("pk", flat=True).first()
        if instead_of is not None and newest != instead_of:
            return
        person.invitations.open(at).update(revoked_at=at)
        invitation = Invitation.objects.create(
            person=person, token_hash=_hash(token), invited_by=by, created_at=at, expires_at=at + LASTS
        )
        diary.record(actor=by, verb="person.invited", subject=person, at=at)
        _mail(invitation, token, at)


def invite_officer(*, email: str, name: str, language: str, by: User | None, at: datetime | None = None) -> User:
    """Make a person an officer of the Secretariat and invite them. Nobody in `by`: a command of the administrator.

    Raises PermissionDenied, ValidationError.
    """
    if by is not None and not policies.may_keep_people(by):
        raise PermissionDenied
    with transaction.atomic():
        person = person_of(email=email, name=name, language=language)
        if person.is_officer:
            raise ValidationError({"email": _("This person is an officer already.")})
        User.objects.filter(pk=person.pk).update(duty=Duty.OFFICER)
        person.duty = Duty.OFFICER
        diary.record(actor=by, verb="person.made_officer", subject=person, at=at)
        if not person.has_usable_password():
            invite(person=person, by=by, at=at)
    return person


def find_invitation(token: str, *, at: datetime | None = None) -> Invitation | None:
    """The invitation a link belongs to while it still opens an account."""
    open_now = Invitation.objects.open(at or timezone.now()).select_related("person")
    return open_now.filter(token_hash=_hash(token)).first()


def accept_invitation(*, invitation: Invitation, name: str, password: str, at: datetime | None = None) -> User:
    """Open the account. Of two who press at once one is let in. ValidationError keyed by field."""
    at, person = at or timezone.now(), invitation.person
    person.name = name.strip()
    person.full_clean(exclude=["password"])
    try:
        password_validation.validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    with transaction.atomic():
        if Invitation.objects.open(at).filter(pk=invitation.pk).update(accepted_at=at) != 1:
            raise ValidationError(_("This invitation has been used, replaced or has run out. Ask for a new one."))
        person.set_password(password)
        person.save(update_fields=["name", "password", "password_set_at"])
        diary.record(actor=person, verb="invitation.accepted", subject=person, at=at)
    return person


def close_account(*, person: User, by: User, at: datetime | None = None) -> None:
    """Shut a person out at their next request and end what they were appointed to."""
    if not policies.may_keep_people(by) or person.pk == by.pk:
        raise PermissionDenied
    at = at or timezone.now()
    with transaction.atomic():
        if User.objects.filter(pk=person.pk, is_active=True).update(is_active=False) != 1:
            return
        Appointment.objects.on(at.date()).filter(person=person).update(ended_at=at, ended_by=by)
        person.invitations.open(at).update(revoked_at=at)
        end_tokens_of(person=person, actor=by, why="account closed", at=at)
        diary.record(actor=by, verb="account.closed", subject=person, at=at)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _mail(invitation: Invitation, token: str, at: datetime) -> None:
    person = invitation.person
    with translation.override(person.language):
        context = {
            "person": person,
            "by": invitation.invited_by,
            "appointments": person.appointments.on(at.date()).select_related("stakeholder"),
            "address": settings.SITE_ADDRESS + reverse("invitation", args=[token]),
            "expires_at": invitation.expires_at,
        }
        body = render_to_string("stakeholders/mail/invitation.txt", context)
        subject = _("Your account in the A4P Commitment Tracker")
    queue_mail(person=person, fact=f"invitation:{invitation.pk}", subject=subject, body=body, is_secret=True, at=at)
