"""What every answer of the API has in common: language, pages, fields, ETag, limits, problems."""

from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from stakeholders.languages import CODES
from tests.conftest import World, signed_in

LIST = "/api/v1/commitments/"


@pytest.fixture(autouse=True)
def _nobody_counted(world: World) -> None:
    cache.clear()


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    told: dict[str, Any] = answer.json()
    assert (told["status"], told["code"]) == (status, code)
    assert told["type"].endswith(f"/api/v1/docs/#problem-{code}")
    assert told["title"]
    assert told["instance"].startswith("/api/")
    return told


def test_commitments_are_listed_in_the_order_of_the_declaration(client: Client) -> None:
    answer = client.get(LIST)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    told = answer.json()
    assert [one["code"] for one in told["results"]] == ["1.1", "1.2", "2.1", "2.2"]
    assert told["next"] is None
    first = told["results"][0]
    assert first["url"].endswith("/api/v1/commitments/test-c001/")
    assert (first["lead"], first["joint"], first["area"]) == ("collective", [], "test-a1")
    assert client.get("/api/v1/commitments/test-c001/").json() == first


@pytest.mark.parametrize("code", CODES)
def test_the_caller_chooses_the_language(client: Client, code: str) -> None:
    answer = client.get("/api/v1/commitments/test-c001/", headers={"accept-language": f"de, {code};q=0.8, en;q=0.1"})
    html_lang = {"zh-hans": "zh-Hans"}.get(code, code)
    assert answer.headers["Content-Language"] == html_lang
    assert {"Accept-Language", "Authorization", "Cookie"} <= set(answer.headers["Vary"].split(", "))
    assert answer.json()["title"] == {
        "text": f"Commitment 1.1 ({code})",
        "language": html_lang,
        "direction": "rtl" if code == "ar" else "ltr",
        "fallback": False,
    }


def test_a_text_that_is_not_in_that_language_says_so(world: World, client: Client) -> None:
    world.commitments["1.1"].title_ar = ""  # type: ignore[attr-defined] # a column of the translated field
    world.commitments["1.1"].save()
    told = client.get("/api/v1/commitments/test-c001/", headers={"accept-language": "ar"}).json()
    assert told["title"] == {"text": "Commitment 1.1 (en)", "language": "en", "direction": "ltr", "fallback": True}
    assert told["official_text"] is None


def test_long_lists_come_by_pages(client: Client) -> None:
    found, address, pages = [], f"{LIST}?limit=3", 0
    while address:
        told = client.get(address.removeprefix("http://127.0.0.1:8000")).json()
        found += [one["code"] for one in told["results"]]
        address, pages = told["next"], pages + 1
    assert (found, pages) == (["1.1", "1.2", "2.1", "2.2"], 2)
    for cursor in ("nonsense", place("here"), place("1\x00")):
        told = problem(client.get(LIST, {"cursor": cursor}), 400, "validation")
        assert told["errors"][0]["field"] == "cursor"
    told = problem(client.get(f"{LIST}?limit=1000"), 400, "validation")
    assert told["errors"][0]["value"] == "1000"


def place(words: str) -> str:
    """A cursor that somebody has made up."""
    return b64encode(urlencode({"p": words}).encode()).decode()


def test_only_some_fields_may_be_asked_for(client: Client) -> None:
    assert client.get("/api/v1/commitments/test-c001/?fields=code,title").json().keys() == {"code", "title"}
    assert client.get(f"{LIST}?fields=code").json()["results"][0] == {"code": "1.1"}
    told = problem(client.get(f"{LIST}?fields=code,secret"), 400, "validation")
    assert told["errors"][0]["rule"] == "field"
    assert "secret" in told["errors"][0]["message"]


def test_a_parameter_that_is_not_known_is_refused_by_name(client: Client) -> None:
    told = problem(client.get(f"{LIST}?aera=test-a1"), 400, "unknown_parameter")
    assert told["errors"][0]["field"] == "aera"
    assert "area, cursor, declaration, fields, limit, owner, party, provenance" in told["detail"]
    told = problem(client.get(f"{LIST}?owner=nobody&owner=hosts"), 400, "validation")
    assert told["errors"] == [{"field": "owner", "message": "Give this parameter once.", "rule": "once"}]
    told = problem(client.get(f"{LIST}?owner=nobody"), 400, "validation")
    assert (told["errors"][0]["rule"], told["errors"][0]["value"]) == ("choice", "nobody")


def test_who_has_the_answer_is_told_that_nothing_changed(client: Client) -> None:
    etag = client.get(LIST).headers["ETag"]
    again = client.get(LIST, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Content-Language"] == "en"
    assert client.get(LIST, headers={"if-none-match": etag, "accept-language": "fr"}).status_code == 200


def test_what_somebody_signed_in_is_told_stays_out_of_shared_caches(world: World, client: Client) -> None:
    assert client.get(LIST).headers["Cache-Control"] == "no-cache, public"
    assert "private" in signed_in(world.alice).get(LIST).headers["Cache-Control"]


def test_requests_are_counted_and_refused_when_there_are_too_many(client: Client, settings: Settings) -> None:
    settings.API_RATE_ANONYMOUS = 2
    first = client.get(LIST)
    assert (first.headers["RateLimit-Limit"], first.headers["RateLimit-Remaining"]) == ("2", "1")
    assert 0 < int(first.headers["RateLimit-Reset"]) <= 60
    client.get(LIST)
    third = client.get(LIST, headers={"accept-language": "es"})
    assert problem(third, 429, "too_many_requests")["title"].startswith("Demasiadas")
    assert third.headers["Retry-After"] == third.headers["RateLimit-Reset"]
    assert third.headers["RateLimit-Remaining"] == "0"


def test_what_is_not_there_and_what_cannot_be_done_is_said_as_a_problem(client: Client) -> None:
    problem(client.get("/api/v1/commitments/nowhere/"), 404, "not_found")
    problem(client.get("/api/v1/nowhere/"), 404, "not_found")
    answer = client.put(LIST, {}, content_type="application/json")
    problem(answer, 405, "method_not_allowed")
    assert "GET" in answer.headers["Allow"]
    problem(client.get(LIST, headers={"accept": "text/html"}), 406, "not_acceptable")


def test_an_officer_shows_the_second_factor_first(world: World) -> None:
    half = Client()
    half.force_login(world.dana)
    problem(half.get(LIST), 403, "second_factor")
    assert signed_in(world.dana).get(LIST).status_code == 200


def test_scripts_of_other_sites_are_let_in_by_name_only(client: Client, settings: Settings) -> None:
    asking = {"origin": "https://friend.example"}
    assert "Access-Control-Allow-Origin" not in client.get(LIST, headers=asking).headers
    settings.API_CORS_ORIGINS = ["https://friend.example"]
    answer = client.get(LIST, headers=asking)
    assert answer.headers["Access-Control-Allow-Origin"] == "https://friend.example"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Origin" in answer.headers["Vary"]
    question = client.options(LIST, headers={**asking, "access-control-request-method": "GET"})
    assert question.status_code == 204
    assert "Authorization" in question.headers["Access-Control-Allow-Headers"]
    stranger = client.get(LIST, headers={"origin": "https://stranger.example"})
    assert "Access-Control-Allow-Origin" not in stranger.headers
    assert client.get("/en/", headers=asking).headers.get("Access-Control-Allow-Origin") is None
