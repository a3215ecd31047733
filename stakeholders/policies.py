"""Who may, for questions that need only people and stakeholders."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from stakeholders.models import Stakeholder, User

Visitor = User | AnonymousUser


def is_officer(user: Visitor) -> bool:
    return isinstance(user, User) and user.is_officer


def may_write_for(user: Visitor, stakeholder: Stakeholder, *, at: datetime) -> bool:
    """An author, approver or deputy of this stakeholder, now."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.appointments.on(at.date()).writing().filter(stakeholder=stakeholder).exists()


def may_keep_registry(user: Visitor) -> bool:
    """Officers keep stakeholders, capacities and appointments right."""
    return is_officer(user)
