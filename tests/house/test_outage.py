"""While the database or the disk gives way, nobody loses what they have typed, and it is told apart from our faults."""

import errno
import threading
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.core.exceptions import FieldError
from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError, connection
from django.test import Client
from lxml import html

from stakeholders import freshness
from stakeholders.languages import LANGUAGES
from stakeholders.outage import is_outage
from tests import factories
from tests.conftest import World, signed_in

WORDS = 'Two units,\r\n"trained" & <equipped>; نص'


def caused(kind: type[Exception], cause: type[Exception]) -> Exception:
    error = kind()
    error.__cause__ = cause()
    return error


def takes_no_writing(execute: Any, sql: str, *arguments: Any) -> Any:
    """As PostgreSQL refuses while it recovers, is a replica, or its disk is full."""
    if sql.startswith(("INSERT", "UPDATE", "DELETE")):
        raise caused(InternalError, psycopg.errors.ReadOnlySqlTransaction)
    return execute(sql, *arguments)


def takes_nothing(*arguments: Any) -> None:
    raise OperationalError


@pytest.fixture
def alice(world: World) -> Client:
    client = signed_in(world.alice)
    client.raise_request_exception = False
    return client


def refused(client: Client, path: str, **fields: Any) -> Any:
    with connection.execute_wrapper(takes_no_writing):
        answer = client.post(path, fields)
    assert answer.status_code == 503
    assert answer["Retry-After"].isdecimal()
    assert answer["Cache-Control"] == "no-store"
    return html.document_fromstring(answer.content.decode())


def test_what_was_typed_is_sent_once_more_from_the_page_that_refuses_it(world: World, alice: Client) -> None:
    task = world.task("1.1")
    headings = set()
    for language in LANGUAGES:
        path = f"/{language.code}/desk/assignments/{task.pk}/"
        page = refused(alice, path, **factories.content(narrative=WORDS), based_on="0", save="1")
        assert page.get("lang") == language.html_lang
        form = page.xpath("//main//form")[0]
        headings.add(form.xpath(".//h2")[0].text_content())
        assert form.get("action") == path
        assert WORDS.replace("\r\n", "\n") in [
            words.text_content().replace("\r\n", "\n") for words in form.xpath(".//*[@dir='auto']")
        ]
    assert len(headings) == len(LANGUAGES)
    assert not hasattr(world.task("1.1"), "update")
    again = alice.post(form.get("action"), dict(form.form_values()) | {"csrfmiddlewaretoken": ""})
    assert again.status_code == 302
    kept = world.task("1.1").update.versions.get()
    assert kept.narrative == WORDS.replace("\r\n", "\n")


def test_a_file_has_to_be_added_again(world: World, alice: Client) -> None:
    path = f"/en/desk/assignments/{world.task('1.1').pk}/"
    file = factories.text_file().file
    page = refused(alice, path, **factories.content(), based_on="0", save="1", file=file)
    assert "The file cannot be kept here." in page.text_content()


def test_programs_are_told_too(world: World, alice: Client) -> None:
    with connection.execute_wrapper(takes_nothing):
        answer = alice.get("/api/v1/areas/", headers={"accept-language": "fr"})
    assert answer.status_code == 503
    assert answer["Retry-After"].isdecimal()
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "unavailable"
    assert answer["Content-Language"] == "fr"


def test_pages_that_could_not_be_made_old_are_made_so_before_one_is_shown_again(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stakeholders.freshness._owed", threading.Event())
    ours, nowhere = settings.CACHES, "redis://127.0.0.1:9/0"
    before = freshness.generation()
    assert before == freshness.generation() != ""
    away = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": nowhere}
    settings.CACHES = {**ours, "pages": away}
    freshness.make_old()
    assert freshness.generation() == ""
    settings.CACHES = ours
    assert freshness.generation() not in ("", before)


def test_a_password_never_comes_back_in_a_page(world: World, client: Client) -> None:
    client.raise_request_exception = False
    page = refused(client, "/en/login/", login="alice@alpha.example", password="secret-of-tests")
    assert page.xpath("//main//form") == []
    assert "secret-of-tests" not in html.tostring(page, encoding="unicode")


def test_a_form_from_another_site_never_comes_back_in_a_page(world: World) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(world.alice)
    with connection.execute_wrapper(takes_no_writing):
        answer = client.post(f"/en/desk/assignments/{world.task('1.1').pk}/", {"narrative": "From elsewhere"})
    assert answer.status_code == 403
    assert "From elsewhere" not in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (OperationalError(), True),
        (InterfaceError(), True),
        (caused(InternalError, psycopg.errors.ReadOnlySqlTransaction), True),
        (caused(InternalError, psycopg.errors.IdleInTransactionSessionTimeout), True),
        (caused(ProgrammingError, OperationalError), True),
        (OSError(errno.ENOSPC, "no space"), True),
        (caused(ProgrammingError, psycopg.errors.UndefinedTable), False),
        (ProgrammingError(), False),
        (FieldError(), False),
        (FileNotFoundError(errno.ENOENT, "no such file"), False),
        (None, False),
    ],
)
def test_what_passes_is_told_apart_from_our_own_faults(error: Exception | None, passes: bool) -> None:
    assert is_outage(error) is passes
