from stakeholders.models.answer import Answer
from stakeholders.models.appointment import Appointment, AppointmentRole
from stakeholders.models.capacity import Capacity, CapacityKind, Standing
from stakeholders.models.clock import ClockTick
from stakeholders.models.diary import DiaryEntry
from stakeholders.models.invitation import Invitation
from stakeholders.models.mail import DropReason, Mail
from stakeholders.models.stakeholder import RegionalGroup, Stakeholder, StakeholderKind
from stakeholders.models.token import Token, TokenScope
from stakeholders.models.user import Duty, User

__all__ = [
    "Answer",
    "Appointment",
    "AppointmentRole",
    "Capacity",
    "CapacityKind",
    "ClockTick",
    "DiaryEntry",
    "DropReason",
    "Duty",
    "Invitation",
    "Mail",
    "RegionalGroup",
    "Stakeholder",
    "StakeholderKind",
    "Standing",
    "Token",
    "TokenScope",
    "User",
]
