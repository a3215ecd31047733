"""The virus scanner: clamd, asked over its INSTREAM command. Where one is named, nothing passes without its word."""

import logging
import socket
import struct
import time

from django.conf import settings

logger = logging.getLogger(__name__)

TIME_LIMIT = 60.0
CONNECT_LIMIT = 5.0
CHUNK = 64 * 1024
LONGEST_ANSWER = 4096
CLEAN, FOUND = "stream: OK", " FOUND"


class ScannerUnavailable(Exception):
    """The scanner cannot be reached, is too slow, or says something other than clean or found."""


def scan(content: bytes) -> str:
    """What the scanner found by its name for it; empty when clean, or when no scanner is set up."""
    if not settings.CLAMD_ADDRESS:
        return ""
    try:
        answer = _ask(content, deadline=time.monotonic() + TIME_LIMIT)
    except OSError as error:
        logger.warning("The virus scanner at %s cannot be used: %s", settings.CLAMD_ADDRESS, type(error).__name__)
        raise ScannerUnavailable from error
    if answer == CLEAN:
        return ""
    if answer.startswith("stream: ") and answer.endswith(FOUND):
        return answer.removeprefix("stream: ").removesuffix(FOUND).strip()[:200] or "unnamed"
    logger.warning("The virus scanner at %s answered %r", settings.CLAMD_ADDRESS, answer[:200])
    raise ScannerUnavailable


def _ask(content: bytes, *, deadline: float) -> str:
    with _connection(settings.CLAMD_ADDRESS) as connection:
        connection.settimeout(deadline - time.monotonic())
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            chunk = content[start : start + CHUNK]
            connection.sendall(struct.pack(">I", len(chunk)) + chunk)
        connection.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            if (left := deadline - time.monotonic()) <= 0:
                raise TimeoutError("no answer in time")
            connection.settimeout(left)
            if not (received := connection.recv(LONGEST_ANSWER)):
                break
            answer += received
    if not answer.endswith(b"\0"):
        raise ConnectionError("the answer was cut off")
    return answer.rstrip(b"\0\n").decode("utf-8", errors="replace")


def _connection(address: str) -> socket.socket:
    """A path is a socket of this machine, anything else a host and a port."""
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(CONNECT_LIMIT)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_LIMIT)
