"""What tests of real processes ask of the machine they run on: ports, and time."""

import secrets
import socket
import time
from collections.abc import Callable

PATIENCE = 120  # seconds; a busy machine is slow, not broken
PORTS = range(15_000, 32_000)  # below those that the system itself gives to connections, so that none is taken later


def free_port() -> int:
    """A port that nobody listens at, on any address of this machine."""
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("", port))
            except OSError:
                continue
        return port


def wait_until(is_so: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, f"after {seconds} s still not: {what}"
        time.sleep(0.05)
