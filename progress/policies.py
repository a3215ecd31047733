"""Who may do what with updates and cycles. Actions ask here, and templates ask again before showing a button."""

from datetime import datetime

from progress.models import Assessment, Assignment, Update, UpdateVersion
from stakeholders.models import User
from stakeholders.policies import Visitor, approves_for, is_officer, may_write_for


def may_write_update(user: Visitor, assignment: Assignment, *, at: datetime) -> bool:
    return may_write_for(user, assignment.stakeholder, at=at)


def may_submit(user: Visitor, assignment: Assignment, *, at: datetime) -> bool:
    """Who may write may submit, except where the stakeholder wants an approver to agree first."""
    if assignment.stakeholder.needs_approval:
        return approves_for(user, assignment.stakeholder, at=at)
    return may_write_update(user, assignment, at=at)


def may_approve(user: Visitor, assignment: Assignment, *, at: datetime) -> bool:
    return approves_for(user, assignment.stakeholder, at=at)


def may_comment(user: Visitor, update: Update, *, at: datetime) -> bool:
    """Both sides, once the text was submitted: officers, and those who write for the stakeholder."""
    if not update.versions.submitted().exists():
        return False
    return is_officer(user) or may_write_update(user, update.assignment, at=at)


def may_reply(user: Visitor, assessment: Assessment, *, at: datetime) -> bool:
    return may_write_for(user, assessment.assignment.stakeholder, at=at)


def may_review(user: Visitor) -> bool:
    return is_officer(user)


def may_publish(user: Visitor, version: UpdateVersion) -> bool:
    """An officer who has not written this text: publication takes two people."""
    return is_officer(user) and user.pk != version.author_id


def may_keep_cycles(user: Visitor) -> bool:
    return is_officer(user)


def may_import(user: Visitor | None, data_set: str, *, at: datetime) -> bool:
    """Officers, every data set; those who write for a stakeholder, updates; nobody is whoever runs the service."""
    if user is None or is_officer(user):
        return True
    if data_set != "updates" or not isinstance(user, User) or not user.is_active:
        return False
    return user.appointments.on(at.date()).writing().exists()
