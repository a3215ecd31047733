"""Run in a process of the service: what the tracker's own commands say of its rows."""

from django.core.management import call_command


def verify() -> None:
    """Raises CommandError when one of them finds a fault."""
    call_command("verify_diary")
    call_command("verify_tallies")
    call_command("index_updates", "--verify")
