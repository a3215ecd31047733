"""Who asked for a report is told when it is made: once, in their language."""

from uuid import uuid4

from django.core import mail

from reports import actions
from reports.models import Report
from stakeholders.mail import send_waiting_mail
from stakeholders.models import Mail
from tests.conftest import World
from tests.reports.conftest import finish


def test_dana_is_told_when_the_last_file_is_made(ordered: Report, world: World) -> None:
    assert actions.announce_finished_reports() == 0
    finish(ordered)
    assert actions.announce_finished_reports() == 1
    assert send_waiting_mail() == 1
    (message,) = mail.outbox
    assert message.to == ["dana@un.example"]
    assert message.subject == "Review report: Fourth quarter of 2026"
    assert "Files ready: 30 of 30" in message.body
    assert f"/en/reports/{ordered.pk}/" in message.body


def test_everyone_who_asked_is_told_in_their_language(ordered: Report, world: World) -> None:
    actions.compile_report(cycle=world.cycle, requester=world.omar, request_key=uuid4())
    finish(ordered)
    assert actions.announce_finished_reports() == 2
    send_waiting_mail()
    arabic = next(message for message in mail.outbox if message.to == ["omar@un.example"])
    assert "الربع الرابع من عام 2026" in arabic.subject
    assert "ملفات التقرير الذي طلبته جاهزة" in arabic.body
    assert f"/ar/reports/{ordered.pk}/" in arabic.body


def test_nobody_is_told_twice(ordered: Report) -> None:
    finish(ordered)
    for _tick in range(3):
        actions.announce_finished_reports()
        send_waiting_mail()
    assert len(mail.outbox) == 1
    assert Mail.objects.get().sent_at is not None


def test_an_order_that_is_repeated_after_the_end_tells_nobody_again(world: World, ordered: Report) -> None:
    finish(ordered)
    actions.announce_finished_reports()
    again = actions.compile_report(cycle=world.cycle, requester=world.dana, request_key=ordered.request_key)
    assert again == ordered
    assert actions.announce_finished_reports() == 0


def test_a_failed_file_is_told_too_and_its_retry_again(ordered: Report, world: World) -> None:
    finish(ordered)
    failed = ordered.documents.get(language="ar", format="pdf")
    ordered.documents.filter(pk=failed.pk).update(state="failed", failure="storage")
    actions.announce_finished_reports()
    actions.retry_document(document=failed, actor=world.omar)
    finish(ordered)
    actions.announce_finished_reports()
    send_waiting_mail()
    assert ["Files that could not be made: 1" in message.body for message in mail.outbox] == [True, False]


def test_the_clocks_own_report_is_announced_to_nobody(world: World, ordered: Report) -> None:
    Report.objects.filter(pk=ordered.pk).update(requested_by=None)
    ordered.requests.all().delete()
    finish(ordered)
    assert actions.announce_finished_reports() == 0
