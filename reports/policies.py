"""Who may compile reports. Reading them is everybody's right."""

from stakeholders.policies import Visitor, is_officer


def may_compile(user: Visitor) -> bool:
    return is_officer(user)
