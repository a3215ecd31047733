"""Who may, for questions that need only people and stakeholders."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from stakeholders.models import AppointmentRole, Stakeholder, Token, User

Visitor = User | AnonymousUser

# Whom an approver may appoint for their own stakeholder; approvers themselves are appointed by the Secretariat.
OWN_TEAM = (AppointmentRole.AUTHOR, AppointmentRole.DEPUTY, AppointmentRole.READER)


def is_officer(user: Visitor) -> bool:
    return isinstance(user, User) and user.is_officer


def may_write_for(user: Visitor, stakeholder: Stakeholder, *, at: datetime) -> bool:
    """An author, approver or deputy of this stakeholder, now."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.appointments.on(at.date()).writing().filter(stakeholder=stakeholder).exists()


def approves_for(user: Visitor, stakeholder: Stakeholder, *, at: datetime) -> bool:
    """An approver of this stakeholder, now."""
    if not isinstance(user, User) or not user.is_active:
        return False
    approving = user.appointments.on(at.date()).filter(role=AppointmentRole.APPROVER)
    return approving.filter(stakeholder=stakeholder).exists()


def roles_kept_by(user: Visitor, stakeholder: Stakeholder, *, at: datetime) -> tuple[AppointmentRole, ...]:
    """The roles in which this person may appoint others for the stakeholder, and end or hand over appointments."""
    if is_officer(user):
        return tuple(AppointmentRole)
    return OWN_TEAM if approves_for(user, stakeholder, at=at) else ()


def may_keep_team(user: Visitor, stakeholder: Stakeholder, *, at: datetime) -> bool:
    """Officers keep every team; an approver their own."""
    return bool(roles_kept_by(user, stakeholder, at=at))


def may_appoint(user: Visitor, stakeholder: Stakeholder, role: str, *, at: datetime) -> bool:
    return role in roles_kept_by(user, stakeholder, at=at)


def may_keep_people(user: Visitor) -> bool:
    """Officers invite officers and close accounts."""
    return is_officer(user)


def may_invite(user: Visitor, person: User) -> bool:
    """Officers send invitations again; those of an appointment go out with it."""
    return is_officer(user)


def may_end_token(user: Visitor, token: Token) -> bool:
    """Everybody ends their own; no other's is shown to them."""
    return isinstance(user, User) and user.is_active and token.person_id == user.pk


def may_read_diary(user: Visitor) -> bool:
    """Administrators who may see it at their own door."""
    return isinstance(user, User) and user.is_staff and user.has_perm("stakeholders.view_diaryentry")
