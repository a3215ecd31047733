"""Mails are rows that the clock sends: a dead server delays them, nothing is sent twice."""

import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from stakeholders.mail import LEASE, queue_mail, send_waiting_mail
from stakeholders.models import Mail
from tests.conftest import World


def queued(world: World, fact: str = "fact") -> bool:
    return queue_mail(person=world.alice, fact=fact, subject="Sujet", body="Corps")


def test_a_mail_goes_out_once_and_leaves_its_proof(world: World) -> None:
    assert queued(world)
    assert not queued(world), "the same fact is told once"
    assert [send_waiting_mail(), send_waiting_mail()] == [1, 0]
    (message,) = mail.outbox
    row = Mail.objects.get()
    assert (row.address, row.message_id) == ("alice@alpha.example", message.extra_headers["Message-ID"])
    assert message.extra_headers["Content-Language"] == "fr"
    assert row.sent_at is not None


def test_a_dead_server_delays_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: EmailMessage, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError(111, "Connection refused")

    queued(world)
    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", refuse)
        assert send_waiting_mail() == 0
    row = Mail.objects.get()
    assert "Connection refused" in row.trouble
    assert send_waiting_mail() == 0, "not at once again"
    assert send_waiting_mail(at=row.due_at) == 1
    row.refresh_from_db()
    assert (row.trouble, row.attempts) == ("", 2)


def test_one_that_a_dead_worker_held_goes_out_under_the_same_id(world: World) -> None:
    queued(world)
    now = timezone.now()
    Mail.objects.update(lease_until=now + LEASE)
    assert send_waiting_mail(at=now) == 0
    assert send_waiting_mail(at=now + LEASE + timedelta(seconds=1)) == 1


def test_who_has_left_is_sent_nothing(world: World) -> None:
    queued(world)
    world.alice.is_active = False
    world.alice.save(update_fields=["is_active"])
    assert send_waiting_mail() == 0


class Server(socketserver.StreamRequestHandler):
    """A mail server that keeps what it takes, and refuses one person."""

    taken: list[tuple[str, str]] = []

    def handle(self) -> None:
        self.wfile.write(b"220 mail.example.org\r\n")
        words, to = "", ""
        for line in iter(self.rfile.readline, b""):
            said = line.decode().rstrip("\r\n")
            if said.upper().startswith("RCPT"):
                to = said
                self.wfile.write(b"550 canary nobody\r\n" if "charlie" in said else b"250 ok\r\n")
            elif said.upper() == "DATA":
                self.wfile.write(b"354 go on\r\n")
                words = b"".join(iter(self.rfile.readline, b".\r\n")).decode()
                self.taken.append((to, words))
                self.wfile.write(b"250 taken\r\n")
            elif said.upper() == "QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def server(settings: Settings) -> Iterator[list[tuple[str, str]]]:
    listener = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", listener.server_address[1]
    Server.taken.clear()
    yield Server.taken
    listener.shutdown()
    listener.server_close()


def test_a_server_that_speaks_smtp_takes_it(world: World, server: list[tuple[str, str]]) -> None:
    queued(world)
    assert send_waiting_mail() == 1
    ((to, words),) = server
    assert "<alice@alpha.example>" in to
    assert "Subject: Sujet" in words
    assert "From: tracker@localhost" in words
    assert f"Message-ID: {Mail.objects.get().message_id}" in words


def test_one_address_it_refuses_delays_no_other(
    world: World, server: list[tuple[str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    for person in (world.charlie, world.alice):
        queue_mail(person=person, fact="fact", subject="Subject", body="Body")
    assert send_waiting_mail() == 1
    assert len(server) == 1
    refused = Mail.objects.get(person=world.charlie)
    assert refused.sent_at is None
    assert "550" in refused.trouble
    assert f"mail {refused.pk} waits: SMTPRecipientsRefused" in caplog.text
    assert "charlie" not in caplog.text, "the log names no address"
