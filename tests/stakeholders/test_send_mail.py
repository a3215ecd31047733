"""Mails are rows that the clock sends: a dead server delays them, nothing is sent twice."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

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
