"""The virus scanner is asked about every file, and without its word none passes. A real server answers."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from progress.models import Evidence, Update
from stakeholders.models import DiaryEntry
from tests.conftest import World
from tests.factories import content

EICAR = "Eicar-Test-Signature"


class Scanner:
    """clamd as far as INSTREAM goes: it finds the word VIRUS in what it is sent."""

    def __init__(self, listener: socket.socket, answer: Callable[[bytes], bytes]) -> None:
        self.listener, self.answer = listener, answer
        self.asked: list[bytes] = []
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        while True:
            try:
                connection, _address = self.listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack(">I", stream.read(4))[0]:
                    content += stream.read(size)
                self.asked.append(content)
                connection.sendall(self.answer(content))

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(5)


def honest(content: bytes) -> bytes:
    return f"stream: {EICAR} FOUND\0".encode() if b"VIRUS" in content else b"stream: OK\0"


@pytest.fixture
def listen(settings: Settings, tmp_path: Path) -> Iterator[Callable[..., Scanner]]:
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    scanners = []

    def start(answer: Callable[[bytes], bytes] = honest, *, path: str = "") -> Scanner:
        listener = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
        listener.bind(path or ("127.0.0.1", 0))
        listener.listen()
        settings.CLAMD_ADDRESS = path or f"127.0.0.1:{listener.getsockname()[1]}"
        scanners.append(Scanner(listener, answer))
        return scanners[-1]

    yield start
    for scanner in scanners:
        scanner.close()


def send(world: World, client: Client, words: bytes = b"Two units.") -> str:
    form = {"based_on": 0, "save": "1", **content(), "file": SimpleUploadedFile("list.txt", words)}
    answer = client.post(f"/en/desk/assignments/{world.task('2.1').pk}/", form)
    if answer.status_code == 302:
        return ""
    assert answer.status_code == 400
    assert content()["narrative"] in answer.content.decode()
    [sentence] = answer.context["form"].errors["file"]
    return str(sentence).replace("\u2068", "").replace("\u2069", "")


def test_it_works(world: World, as_alice: Client, listen: Callable[..., Scanner]) -> None:
    scanner = listen()
    words = b"Two units. " * 20_000
    assert send(world, as_alice, words) == ""
    assert scanner.asked == [words]
    assert Evidence.objects.get().size == len(words)


def test_it_works_over_a_socket_of_this_machine(
    world: World, as_alice: Client, listen: Callable[..., Scanner], tmp_path: Path
) -> None:
    scanner = listen(path=str(tmp_path / "clamd.sock"))
    assert send(world, as_alice) == ""
    assert scanner.asked == [b"Two units."]


def test_what_it_finds_is_refused_and_on_the_record(
    world: World, as_alice: Client, listen: Callable[..., Scanner]
) -> None:
    listen()
    assert send(world, as_alice, b"A VIRUS.") == f"“list.txt” was refused by the virus scanner: {EICAR}."
    assert not Update.objects.exists()
    entry = DiaryEntry.objects.get(verb="evidence.refused")
    assert (entry.actor, entry.detail["finding"], entry.detail["size"]) == (world.alice, EICAR, 8)
    assert entry.subject_id == str(world.task("2.1").pk)


@pytest.mark.parametrize(
    "answer",
    [b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK", b"", b"stream: OKAY\0", b"FOUND\0", b"\xff" * 9_000],
)
def test_an_answer_that_is_not_understood_refuses(
    world: World, as_alice: Client, listen: Callable[..., Scanner], answer: bytes
) -> None:
    listen(lambda _content: answer)
    assert "the virus scanner does not answer" in send(world, as_alice)
    assert not Evidence.objects.exists()
    assert DiaryEntry.objects.get(verb="evidence.refused").detail["finding"] == "scanner unavailable"


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock"])
def test_a_scanner_that_is_not_there_refuses(world: World, as_alice: Client, settings: Settings, address: str) -> None:
    settings.CLAMD_ADDRESS = address
    assert "the virus scanner does not answer" in send(world, as_alice)
    assert not Update.objects.exists()


def test_a_scanner_that_is_silent_refuses_in_time(
    world: World, as_alice: Client, listen: Callable[..., Scanner], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("progress.uploads.scanner.TIME_LIMIT", 0.3)
    silence = threading.Event()

    def wait(_content: bytes) -> bytes:
        silence.wait(5)
        return b""

    listen(wait)
    assert "the virus scanner does not answer" in send(world, as_alice)
    silence.set()


def test_a_hostile_file_never_reaches_it(world: World, as_alice: Client, listen: Callable[..., Scanner]) -> None:
    scanner = listen()
    assert "none of the kinds" in send(world, as_alice, b"MZ\0\0")
    assert scanner.asked == []


def test_a_finding_without_a_name_is_one(world: World, as_alice: Client, listen: Callable[..., Scanner]) -> None:
    listen(lambda _content: b"stream:  FOUND\0")
    assert "was refused by the virus scanner: unnamed" in send(world, as_alice)
