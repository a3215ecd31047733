"""Everything that can be done with people, their appointments and stakeholders. Every door calls these."""

from stakeholders.actions.answers import Given, OtherRequest, answer_once, sweep_answers
from stakeholders.actions.appointing import (
    NewPerson,
    appoint,
    appoint_by_email,
    end_appointment,
    hand_over,
    set_approval,
)
from stakeholders.actions.clock import note_tick
from stakeholders.actions.inviting import (
    accept_invitation,
    close_account,
    find_invitation,
    invite,
    invite_officer,
)
from stakeholders.actions.preferences import change_preferences, unsubscribe
from stakeholders.actions.refusing import note_refusal
from stakeholders.actions.registry import load_registry, store_capacity, store_endorsement, store_stakeholder
from stakeholders.actions.tokens import change_password, create_token, end_token, end_tokens_of, token_behind

__all__ = [
    "Given",
    "NewPerson",
    "OtherRequest",
    "accept_invitation",
    "answer_once",
    "appoint",
    "appoint_by_email",
    "change_password",
    "change_preferences",
    "close_account",
    "create_token",
    "end_appointment",
    "end_token",
    "end_tokens_of",
    "find_invitation",
    "hand_over",
    "invite",
    "invite_officer",
    "load_registry",
    "note_refusal",
    "note_tick",
    "set_approval",
    "store_capacity",
    "store_endorsement",
    "store_stakeholder",
    "sweep_answers",
    "token_behind",
    "unsubscribe",
]
