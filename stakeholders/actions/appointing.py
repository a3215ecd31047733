from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from stakeholders import diary, policies
from stakeholders.actions.inviting import invite, person_of
from stakeholders.mail import queue_mail
from stakeholders.models import Appointment, Stakeholder, User


@dataclass(frozen=True)
class NewPerson:
    """Who is to be appointed; name and language count only when the address is not known yet."""

    email: str
    name: str
    language: str


def appoint(
    *,
    person: User,
    stakeholder: Stakeholder,
    role: str,
    starts_on: date,
    actor: User | None,
    ends_on: date | None = None,
    at: datetime | None = None,
) -> Appointment:
    """Let a person speak for a stakeholder from a day on. No actor: a command of the administrator.

    Raises PermissionDenied, and ValidationError when they do so already.
    """
    if actor is not None and not policies.may_appoint(actor, stakeholder, role, at=at or timezone.now()):
        raise PermissionDenied
    appointment = Appointment(person=person, stakeholder=stakeholder, role=role, starts_on=starts_on, ends_on=ends_on)
    with transaction.atomic():
        appointment.full_clean()
        appointment.save(force_insert=True)
        _record("appointment.made", appointment, actor, at)
    return appointment


def appoint_by_email(
    *,
    who: NewPerson,
    stakeholder: Stakeholder,
    role: str,
    actor: User,
    ends_on: date | None = None,
    at: datetime | None = None,
) -> Appointment:
    """Appoint from today, and tell the person: by an invitation if they have no account yet, else by a mail."""
    at = at or timezone.now()
    if not policies.may_appoint(actor, stakeholder, role, at=at):
        raise PermissionDenied
    with transaction.atomic():
        person = person_of(email=who.email, name=who.name, language=who.language)
        appointment = appoint(
            person=person,
            stakeholder=stakeholder,
            role=role,
            starts_on=at.date(),
            ends_on=ends_on,
            actor=actor,
            at=at,
        )
        if person.has_usable_password():
            _tell(appointment, at)
        else:
            invite(person=person, by=None, at=at)
    return appointment


def end_appointment(*, appointment: Appointment, actor: User, at: datetime | None = None) -> None:
    """End it at once: the right is gone with the person's next request. Ending twice is ending once."""
    at = at or timezone.now()
    if not policies.may_appoint(actor, appointment.stakeholder, appointment.role, at=at):
        raise PermissionDenied
    with transaction.atomic():
        same = Appointment.objects.filter(pk=appointment.pk, ended_at__isnull=True)
        if same.update(ended_at=at, ended_by=actor) == 1:
            _record("appointment.ended", appointment, actor, at)


def hand_over(*, appointment: Appointment, to: NewPerson, actor: User, at: datetime | None = None) -> Appointment:
    """End an appointment and give it to a successor, both or neither.

    Raises PermissionDenied; ValidationError when it has ended already or the successor has it.
    """
    at = at or timezone.now()
    if to.email.strip().lower() == appointment.person.email:
        raise ValidationError({"email": _("Name somebody else than the person who hands over.")})
    with transaction.atomic():
        if not Appointment.objects.on(at.date()).filter(pk=appointment.pk).exists():
            raise ValidationError(_("This appointment has ended already."))
        end_appointment(appointment=appointment, actor=actor, at=at)
        successor = appoint_by_email(
            who=to,
            stakeholder=appointment.stakeholder,
            role=appointment.role,
            ends_on=appointment.ends_on,
            actor=actor,
            at=at,
        )
        _record("appointment.handed_over", appointment, actor, at, to=successor.person_id)
    return successor


def set_approval(*, stakeholder: Stakeholder, needed: bool, actor: User, at: datetime | None = None) -> None:
    """Decide whether an author's updates go through an approver before the Secretariat sees them."""
    at = at or timezone.now()
    if not policies.may_keep_team(actor, stakeholder, at=at):
        raise PermissionDenied
    with transaction.atomic():
        if Stakeholder.objects.filter(pk=stakeholder.pk, needs_approval=not needed).update(needs_approval=needed):
            diary.record(actor=actor, verb="stakeholder.approval", subject=stakeholder, at=at, needed=needed)


def _record(verb: str, appointment: Appointment, actor: User | None, at: datetime | None, **more: object) -> None:
    diary.record(
        actor=actor,
        verb=verb,
        subject=appointment,
        at=at,
        person=appointment.person_id,
        stakeholder=appointment.stakeholder.code,
        role=appointment.role,
        **more,
    )


def _tell(appointment: Appointment, at: datetime) -> None:
    person = appointment.person
    with translation.override(person.language):
        context = {
            "appointment": appointment,
            "person": person,
            "address": settings.SITE_ADDRESS + reverse(settings.LOGIN_REDIRECT_URL),
        }
        body = render_to_string("stakeholders/mail/appointed.txt", context)
        subject = _("You were appointed for %(stakeholder)s") % {"stakeholder": appointment.stakeholder.name}
    queue_mail(person=person, fact=f"appointment:{appointment.pk}", subject=subject, body=body, at=at)
