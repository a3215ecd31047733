"""Single sign-on with a real provider on a port of its own: it lets people in who were invited, and nobody else."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from stakeholders.models import User
from tests.conftest import World

SECRET = "a-secret-of-both-sides-that-is-long-enough"


class Provider(BaseHTTPRequestHandler):
    """An OpenID Connect provider that says who somebody is."""

    says: dict[str, Any] = {}
    address = ""

    def do_GET(self) -> None:
        if self.path.startswith("/.well-known/"):
            ends = {f"{name}_endpoint": f"{self.address}/{name}" for name in ("authorization", "token", "userinfo")}
            self._answer({**ends, "issuer": self.address, "jwks_uri": f"{self.address}/jwks"})
        else:
            self._answer(self.says)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        claims = {**self.says, "iss": self.address, "aud": "tracker", "exp": 4_000_000_000}
        token = jwt.encode(claims, SECRET, algorithm="HS256")
        self._answer({"access_token": "access", "token_type": "Bearer", "id_token": token})

    def _answer(self, content: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def provider(settings: Settings) -> Iterator[type[Provider]]:
    cache.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    Provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "oidc",
        "name": "Ministry",
        "client_id": "tracker",
        "secret": SECRET,
        "settings": {"server_url": Provider.address, "oauth_pkce_enabled": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield Provider
    server.shutdown()
    server.server_close()


def come_in(client: Client) -> str:
    """Press the button, be sent to the provider, come back from it. The page one ends on."""
    leaving = client.post(reverse("openid_connect_login", args=["oidc"]))
    asked = urlsplit(leaving["Location"])
    assert f"{asked.scheme}://{asked.netloc}" == Provider.address
    state = parse_qs(asked.query)["state"][0]
    back = client.get(reverse("openid_connect_callback", args=["oidc"]), {"code": "code", "state": state}, follow=True)
    return back.content.decode()


def test_who_was_invited_comes_in(world: World, client: Client, provider: type[Provider]) -> None:
    provider.says = {"sub": "1", "email": world.alice.email, "email_verified": True, "name": "Alice"}
    assert "Ministry" in client.get(reverse("account_login")).content.decode()
    come_in(client)
    assert client.get(reverse("desk")).status_code == 200


def test_who_was_not_is_told_so_and_gets_no_account(world: World, client: Client, provider: type[Provider]) -> None:
    provider.says = {"sub": "2", "email": "stranger@alpha.example", "email_verified": True}
    assert "nobody has invited you here" in come_in(client)
    assert not User.objects.filter(email="stranger@alpha.example").exists()


def test_an_address_the_provider_has_not_verified_opens_nothing(
    world: World, client: Client, provider: type[Provider]
) -> None:
    provider.says = {"sub": "3", "email": world.alice.email, "email_verified": False}
    come_in(client)
    assert client.get(reverse("desk")).status_code == 302


def test_an_officer_still_needs_the_second_factor(world: World, client: Client, provider: type[Provider]) -> None:
    provider.says = {"sub": "4", "email": world.dana.email, "email_verified": True}
    come_in(client)
    assert client.get(reverse("inbox"))["Location"] == reverse("mfa_activate_totp")


def test_an_answer_to_a_question_nobody_asked_is_refused(
    world: World, client: Client, provider: type[Provider]
) -> None:
    provider.says = {"sub": "5", "email": world.alice.email, "email_verified": True}
    back = client.get(reverse("openid_connect_callback", args=["oidc"]), {"code": "code", "state": "made-up"})
    assert "Signing in did not work" in back.content.decode()
    assert client.get(reverse("desk")).status_code == 302


def test_without_a_provider_there_is_no_button(world: World, client: Client) -> None:
    assert "Your organization signs you in" not in client.get(reverse("account_login")).content.decode()
