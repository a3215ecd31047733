"""A forgotten password: a link by mail, once, to whom it belongs."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from stakeholders.mail import send_waiting_mail
from stakeholders.models import Mail
from tests.conftest import World, signed_in

NEW = "a-better-secret-2026"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def ask(client: Client, email: str, **headers: str) -> str:
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True, **headers).content.decode()  # type: ignore[arg-type] # headers are passed on to the request


def link() -> str:
    """The address in the mail that has just gone out, without the site's own."""
    send_waiting_mail()
    found = re.search(r"http://127.0.0.1:8000(/\S+/password/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def set_password(client: Client, path: str) -> str:
    page = client.get(path, follow=True)
    here = page.redirect_chain[-1][0] if page.redirect_chain else path
    return client.post(here, {"password1": NEW, "password2": NEW}, follow=True).content.decode()


def can_sign_in(email: str, password: str) -> bool:
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return client.get(reverse("account")).status_code == 200


def test_it_works_and_ends_the_other_sessions(world: World, client: Client) -> None:
    elsewhere = signed_in(world.alice)
    assert "If the address has an account here" in ask(client, world.alice.email)
    page = set_password(client, link())
    assert "Votre nouveau mot de passe est défini" in page
    assert can_sign_in(world.alice.email, NEW)
    assert elsewhere.get(reverse("account")).status_code == 302


def test_the_mail_is_in_the_language_of_its_reader_and_forgets_its_link(world: World, client: Client) -> None:
    ask(client, world.alice.email)
    path = link()
    assert path.startswith("/fr/")
    row = Mail.objects.get(person=world.alice)
    assert row.sent_at is not None
    assert row.body == ""
    assert row.language == "fr"


def test_the_link_leads_to_the_configured_address_alone(world: World) -> None:
    client = Client(HTTP_HOST="localhost")
    ask(client, world.alice.email)
    send_waiting_mail()
    assert "localhost" not in str(mail.outbox[-1].body)


def test_the_link_works_once(world: World, client: Client) -> None:
    ask(client, world.alice.email)
    path = link()
    set_password(client, path)
    page = Client().get(path, follow=True).content.decode()
    assert "Ce lien a été utilisé ou a expiré." in page


def test_nobody_learns_who_has_an_account(world: World) -> None:
    known, unknown = (ask(Client(), email) for email in (world.alice.email, "nobody@alpha.example"))
    assert [line for line in known.splitlines() if "csrf" not in line] == [
        line for line in unknown.splitlines() if "csrf" not in line
    ]
    assert Mail.objects.count() == 1


def test_a_weak_password_is_refused_beside_its_field(world: World, client: Client) -> None:
    ask(client, world.alice.email)
    here = client.get(link(), follow=True).redirect_chain[-1][0]
    page = client.post(here, {"password1": "12345678", "password2": "12345678"}).content.decode()
    assert 'id="id_password1_error"' in page
    assert not can_sign_in(world.alice.email, "12345678")


def test_a_changed_password_ends_sessions_elsewhere_and_is_told(world: World) -> None:
    here, elsewhere = signed_in(world.alice), signed_in(world.alice)
    fields = {"oldpassword": "secret-of-tests", "password1": NEW, "password2": NEW}
    here.post(reverse("account_change_password"), fields)
    assert here.get(reverse("account")).status_code == 200
    assert elsewhere.get(reverse("account")).status_code == 302
    assert Mail.objects.filter(person=world.alice).count() == 1
