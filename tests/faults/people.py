"""People at their browsers: they sign in once, work until told to stop, and remember what they were told was done."""

import http.client
import re
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.faults.cast import PASSWORD
from tests.machine import PATIENCE, wait_until

DIRECTIONS = {"ar": "rtl"}
LEFT_UNWRITTEN = 6  # assignments, for the tests themselves
LONGEST_REQUEST = 10.0  # seconds, whatever is broken


@dataclass(frozen=True)
class Answer:
    """Status 0: the connection broke before an answer came."""

    status: int
    headers: dict[str, str]
    text: str
    seconds: float


@dataclass
class Ledger:
    """What happened to everybody, noted by many threads."""

    answers: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=lambda: {0, 200, 302})
    drafts: list[tuple[int, str]] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    submitted: list[tuple[int, str]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, language: str, what: str, answer: Answer) -> None:
        with self._lock:
            self.answers[answer.status] += 1
            self.slowest = max(self.slowest, answer.seconds)
            if answer.status == 503:
                self.faults += [f"{what}: {fault}" for fault in faults_of_503(answer, language)]
            elif answer.status not in self.expected:
                self.faults.append(f"{what}: {answer.status}")

    @property
    def done(self) -> int:
        return len(self.drafts) + len(self.comments) + len(self.submitted)

    def wait_for(self, more: int) -> None:
        """Until so many more things were acknowledged."""
        goal = self.done + more
        wait_until(lambda: self.done >= goal, f"{more} more things are done")

    def wait_for_answer(self, status: int, count: int) -> None:
        wait_until(lambda: self.answers[status] >= count, f"{count} answers {status}")


def faults_of_503(answer: Answer, language: str) -> Iterator[str]:
    """A clean refusal says when to come back, in the reader's language, as a page of ours."""
    lowered = {name.lower(): value for name, value in answer.headers.items()}
    if not lowered.get("retry-after", "").isdecimal():
        yield "503 without Retry-After"
    html_lang = {"zh-hans": "zh-Hans"}.get(language, language)
    if f'<html lang="{html_lang}" dir="{DIRECTIONS.get(language, "ltr")}"' not in answer.text:
        yield f"503 not in {language}: {answer.text[:120]}"


class Person:
    """One browser with its cookies."""

    def __init__(self, port: int, ledger: Ledger, language: str, email: str = "") -> None:
        self.port, self.ledger, self.language, self.email = port, ledger, language, email
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        path = path if path.startswith("/") else f"/{self.language}/{path}"
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, {"Cookie": cookies, "Connection": "close", **headers})
            response = connection.getresponse()
            text = response.read().decode()
            self._keep_cookies(response)
            answer = Answer(response.status, dict(response.getheaders()), text, time.monotonic() - began)
        except (OSError, http.client.HTTPException) as error:
            answer = Answer(0, {}, repr(error), time.monotonic() - began)
        finally:
            connection.close()
        self.ledger.note(self.language, f"{method} {path}", answer)
        return answer

    def _keep_cookies(self, response: http.client.HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _equals, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, **fields: Any) -> Answer:
        typed = urlencode({"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields})
        return self.ask("POST", path, typed.encode(), **{"Content-Type": "application/x-www-form-urlencoded"})

    def post_file(self, path: str, name: str, file: bytes, **fields: Any) -> Answer:
        """A form with a text file in its field `file`."""
        border = uuid.uuid4().hex
        parts = [
            f'--{border}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
            for field, value in {"csrfmiddlewaretoken": self.cookies["csrftoken"], **fields}.items()
        ]
        head = f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        parts += [f"{head}Content-Type: text/plain\r\n\r\n".encode(), file, f"\r\n--{border}--\r\n".encode()]
        kind = f"multipart/form-data; boundary={border}"
        return self.ask("POST", path, b"".join(parts), **{"Content-Type": kind})

    def insist(self, path: str, until: float, **fields: Any) -> bool:
        """Send the same form until it is taken, as somebody does who presses the button again."""
        while True:
            answer = self.post(path, **fields)
            if answer.status == 302:
                return True
            if answer.status not in (0, 503) or time.monotonic() > until:
                return False
            time.sleep(0.2)

    def sign_in(self, secret: str = "") -> "Person":
        self.get("login/")
        answer = self.post("login/", login=self.email, password=PASSWORD)
        if secret:
            code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
            answer = self.post(answer.headers["Location"], code=code)
        assert answer.status == 302, answer.text
        return self


class Writer:
    """Saves draft after draft, comments, and now and then submits."""

    def __init__(self, person: Person, assignments: list[int], update: int) -> None:
        self.person, self.update = person, update
        self.drafts, self.fresh = assignments[:4], assignments[4:]
        self.versions = dict.fromkeys(self.drafts, 0)

    def work(self, stop: threading.Event, patience: float) -> None:
        turn = 0
        while not stop.is_set():
            turn += 1
            until = time.monotonic() + patience
            words = f"Words {uuid.uuid4().hex}"
            if turn % 5 == 0:
                self._comment(words, until)
            elif turn % 7 == 0 and len(self.fresh) > LEFT_UNWRITTEN:
                self._submit(words, until)
            else:
                self._save(self.drafts[turn % len(self.drafts)], words, until)

    def _save(self, assignment: int, words: str, until: float) -> None:
        fields = content(words, self.versions[assignment])
        if self.person.insist(f"desk/assignments/{assignment}/", until, save="1", **fields):
            self.versions[assignment] += 1
            self.person.ledger.drafts.append((assignment, words))
        else:  # as somebody who loads the page again to see what was kept
            page = self.person.get(f"desk/assignments/{assignment}/")
            if found := re.search(r'name="based_on" value="(\d+)"', page.text):
                self.versions[assignment] = int(found[1])

    def _submit(self, words: str, until: float) -> None:
        assignment = self.fresh.pop()
        if self.person.insist(f"desk/assignments/{assignment}/", until, submit="1", **content(words, 0)):
            self.person.ledger.submitted.append((assignment, words))

    def _comment(self, words: str, until: float) -> None:
        if self.person.insist(f"updates/{self.update}/comments/", until, text=words, key=str(uuid.uuid4())):
            self.person.ledger.comments.append((self.update, words))


def content(words: str, based_on: int) -> dict[str, Any]:
    rest = {"obstacles": "", "next_steps": "", "sources": ""}
    return {"based_on": based_on, "language": "en", "status": "in_progress", "narrative": words, **rest}


def read(person: Person, stop: threading.Event, pause: float) -> None:
    """A reader without an account, who goes through the pages for everyone."""
    while not stop.is_set():
        for page in ("", "commitments/", "stakeholders/", "reports/"):
            person.get(page)
            stop.wait(pause)


@contextmanager
def at_work(writers: list[Writer], readers: list[Person], patience: float = 30.0) -> Iterator[None]:
    """Everybody works until the block ends, then brings the step in hand to its end."""
    stop = threading.Event()
    threads = [threading.Thread(target=writer.work, args=(stop, patience)) for writer in writers]
    threads += [threading.Thread(target=read, args=(reader, stop, 0.05)) for reader in readers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
