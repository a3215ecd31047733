"""The service of docker-compose.yml as real processes: a proxy, two webs, two workers, beat, PostgreSQL and Redis."""

import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from lxml import html

from tests.a4p import certificate
from tests.a4p.visitor import Visitor
from tests.a4p.whole_service import LARGEST, Service
from tests.faults.servers import Postgres, Redis
from tests.machine import PATIENCE, free_port, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("image")]  # which is made once
LIMIT = 3 * LARGEST + 1_048_576
THREADS = 2 * 2 * 8  # of both web services


@pytest.fixture(scope="module")
def service(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("whole")
    database, redis = Postgres(connections=200), Redis()
    running = Service(tree, folder, database.address, redis.address)
    try:
        running.prepare()
        for name, number in (("web", 1), ("web", 2), ("worker", 1), ("worker", 2), ("beat", 1)):
            running.start(name, number)
        for number in (1, 2):
            wait_until(lambda number=number: running.is_healthy("web", number), f"web {number} is healthy")
        running.start_proxy()
        yield running
    finally:
        running.stop()
        redis.stop()
        database.remove()


@pytest.fixture
def alice(service: Service) -> Visitor:
    visitor = Visitor(service.address)
    assert visitor.sign_in("alpha@demo.example").url.endswith("/desk/")
    return visitor


def test_both_web_services_answer(service: Service) -> None:
    def webs() -> set[str]:
        assert service.get("/en/").status_code == 200
        return {line["web"].split(":")[0] for line in service.log_of_proxy() if line["path"] == "/en/"}

    wait_until(lambda: webs() == {"127.0.0.2", "127.0.0.3"}, "both have answered some")


def test_a_person_saves_an_update_and_reads_the_evidence_through_the_proxy(service: Service, alice: Visitor) -> None:
    desk = alice.get("/en/desk/")
    tasks = re.findall(r'href="(/en/desk/assignments/\d+/)"', desk.text)
    pages = [page for page in map(alice.get, tasks) if 'name="file"' in page.text]
    words = {"status": "in_progress", "narrative": "Two units were trained.", "title": "A list", "save": "1"}
    saved = alice.submit(
        pages[0], words, action=pages[0].url, files={"file": ("قائمة.txt", b"Two units.", "text/plain")}
    )
    assert saved.status_code == 200
    assert "Two units were trained." in saved.text
    found = re.search(r'href="(/en/evidence/\d+/)"', alice.get(pages[0].url.removeprefix(service.address)).text)
    assert found
    got = alice.get(found[1])
    assert (got.status_code, got.content) == (200, b"Two units.")
    assert got.headers["Cache-Control"] == "private, no-store"
    part = alice.get(found[1], headers={"Range": "bytes=0-2"})
    assert (part.status_code, part.content) == (206, b"Two")
    assert service.get(found[1]).status_code == 404, "the view is asked first"
    direct = Visitor(f"http://127.0.0.2:{service.web_port}")
    direct.session.cookies.update({c.name: c.value for c in alice.session.cookies})
    told = direct.get(found[1], headers={"Host": service.address.removeprefix("http://")})
    assert told.content == b"", "the web process itself sends no byte of it"
    place = told.headers.pop("X-Accel-Redirect")
    assert service.get(place).status_code == 404
    lost = {name for name, value in told.headers.items() if got.headers.get(name) != value}
    assert lost <= {"Server", "Date", "Connection", "Content-Length", "X-Request-ID"}
    assert re.fullmatch(r"[0-9a-f]{32}", got.headers["X-Request-ID"])


def test_an_officer_orders_a_report_and_takes_a_file_of_it(service: Service) -> None:
    dana = Visitor(service.address)
    dana.sign_in("officer@demo.example")
    page = dana.get("/en/reports/compile/")
    report = dana.submit(page, {"scope": "whole"}, action="/compile/")
    path = report.url.removeprefix(service.address)
    assert re.fullmatch(r"/en/reports/[0-9a-f-]{36}/", path), report.url

    def files() -> list[str]:
        return re.findall(
            rf'href="({path}[a-z-]+\.(?:csv|docx|html|pdf|xlsx))"',
            service.get(path).text,
        )

    wait_until(lambda: bool(files()), "a file of the report is ready")
    first = service.get(files()[0])
    assert first.status_code == 200
    assert first.headers["Content-Disposition"].startswith("attachment;")
    assert int(first.headers["Content-Length"]) == len(first.content) > 1_000
    again = {"If-None-Match": first.headers["ETag"]}
    assert service.get(files()[0], headers=again).status_code == 304


def test_many_slow_uploads_stop_nobody(service: Service, alice: Visitor) -> None:
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in alice.session.cookies)
    head = f"POST /en/desk/submit/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\nContent-Length: 900000\r\n\r\n"
    slow = [socket.create_connection(("127.0.0.1", service.proxy_port)) for _ in range(THREADS + 20)]
    try:
        for connection in slow:
            connection.sendall(head.encode() + b"x" * 1_000)
        for _ in range(20):
            began = time.monotonic()
            assert alice.get("/en/desk/").status_code == 200
            assert time.monotonic() - began < 20, "not because the proxy has given the slow ones up, after 30 seconds"
    finally:
        for connection in slow:
            connection.close()


def test_what_is_too_large_is_refused_in_the_readers_language(service: Service, alice: Visitor) -> None:
    task = re.findall(r'href="(/fr/desk/assignments/\d+/)"', alice.get("/fr/desk/").text)[0]

    def send(path: str, size: int) -> requests.Response:
        return alice.session.post(service.address + path, data=b"x" * size, timeout=PATIENCE)

    refused = send(task, 30 * LIMIT)
    assert refused.status_code == 413
    assert '<html lang="fr"' in refused.text
    assert "1,3" in refused.text, "and says how much may be sent"
    assert send(task, LIMIT).status_code == 403, "what is not too large reaches the check against forged forms"
    assert send("/fr/login/", 1_100_000).status_code == 413, "only a view that takes files takes more than texts"


def test_a_static_file_comes_ready_squeezed(service: Service) -> None:
    page = html.document_fromstring(service.get("/en/").content)
    for address in page.xpath("//link[@rel='stylesheet']/@href"):
        got = service.get(address)
        assert got.status_code == 200
        assert got.headers["Content-Encoding"] == "gzip"
        assert got.headers["Content-Type"] == "text/css"
        assert got.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert service.get("/static/../manage.py").status_code == 404


def test_the_log_knows_the_client_and_the_request_and_keeps_no_link_that_lets_somebody_in(service: Service) -> None:
    told = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}
    numbers = []
    for path in ("/en/invitations/secret-token/", "/en/unsubscribe/secret-token/", "/en/search/?q=secret-token"):
        numbers.append(str(uuid4()))
        service.get(path, headers={**told, "X-Request-ID": numbers[-1]})
    service.get("/en/password/ab/secret-token/", headers={"X-Request-ID": "bad id\t"})

    def lines() -> list[dict[str, str]]:
        return [line for line in service.log_of_proxy() if line["request_id"] in numbers]

    def other() -> list[dict[str, str]]:
        return [line for line in service.log_of_proxy() if "/password/" in line["path"]]

    wait_until(lambda: len(lines()) == 3 and len(other()) == 1, "all four are in the log")
    assert "secret-token" not in str(service.log_of_proxy())
    assert {(line["request_id"], line["client"]) for line in lines()} == {(n, "203.0.113.9") for n in numbers}
    assert re.fullmatch(r"[0-9a-f]{32}", other()[0]["request_id"])
    logs = [*service.folder.glob("web-*.log")]
    wait_until(
        lambda: all(any(number in log.read_text(encoding="utf-8") for log in logs) for number in numbers),
        "the web services have written the same numbers",
    )


def test_figures_are_not_for_the_outside(service: Service) -> None:
    assert service.get("/metrics").status_code == 404


def test_each_service_says_that_it_is_well(service: Service) -> None:
    wait_until(lambda: service.is_healthy("worker") and service.is_healthy("beat"), "worker and beat are healthy")
    assert requests.get(f"http://127.0.0.1:{service.probe_port}/healthz", timeout=PATIENCE).text == "ok\n"
    assert "http://127.0.0.1:8081/healthz" in service.check_of("proxy")
    wait_until(lambda: service.get("/readyz").status_code == 200, "all is ready")


def test_the_proxy_can_end_tls_itself(service: Service, tmp_path: Path) -> None:
    trusted = certificate.make(tmp_path)
    port = free_port()
    plain = service.start_proxy(
        PROXY_TLS="1",
        CERTIFICATES=str(tmp_path),
        HTTP_PORT=str(free_port()),
        HTTPS_PORT=f"127.0.0.1:{port}",
        PROBE_PORT=str(free_port()),
        RUN=str(tmp_path / "run"),
        SITE_ADDRESS="https://tracker.example.org/",
        ACCESS_LOG=str(tmp_path / "access.log"),
    )
    moved = requests.get(f"{plain}/en/?a=b", timeout=PATIENCE, allow_redirects=False)
    assert (moved.status_code, moved.headers["Location"]) == (308, "https://tracker.example.org/en/?a=b")
    spoofed = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"}
    page = requests.get(f"https://127.0.0.1:{port}/en/", verify=str(trusted), headers=spoofed, timeout=PATIENCE)
    assert page.status_code == 200

    def clients() -> set[str]:
        return {line["client"] for line in service.log_of_proxy(tmp_path) if line["status"] == "200"}

    wait_until(lambda: bool(clients()), "the page is in the log")
    assert clients() == {"127.0.0.1"}
    assert "203.0.113.9" not in str(service.log_of_proxy(tmp_path))


def test_web_services_come_and_go_unnoticed(service: Service) -> None:
    service.start("web", 3)
    wait_until(lambda: service.is_healthy("web", 3), "the third web is healthy")

    def takes_part() -> bool:
        assert service.get("/en/method/").status_code == 200
        return any(line["web"].startswith("127.0.0.4:") for line in service.log_of_proxy())

    wait_until(takes_part, "the third web answers")
    service.running["web-1"].kill()  # and its name is still told, as for the seconds until Docker notices
    for _ in range(20):
        assert service.get("/en/method/").status_code == 200
    service.stop("web-1", "web-2", "web-3")
    # The children of the one that was killed take some time to find out.
    wait_until(lambda: service.get("/ar/").status_code != 200, "nobody answers any more")
    away = service.get("/ar/")
    assert (away.status_code, away.headers["Retry-After"]) == (503, "30")
    assert '<html lang="ar" dir="rtl">' in away.text
    for address in re.findall(r'"(/static/css/[^"]+)"', away.text):
        assert service.get(address).status_code == 200
