"""A worker never meets half a message on the embedded broker."""

import threading
from pathlib import Path
from queue import Empty

from kombu import Connection
from kombu.transport.virtual import Channel

from a4p.broker import Transport, use_whole_messages


def opened(folder: Path) -> Channel:
    use_whole_messages()
    options = {"data_folder_in": str(folder), "data_folder_out": str(folder), "control_folder": str(folder / "control")}
    connection = Connection("filesystem://", transport_options=options)
    assert isinstance(connection.transport, Transport)
    return connection.channel()


def test_messages_come_out_whole_however_quick_the_reader_is(tmp_path: Path) -> None:
    writer, reader = opened(tmp_path), opened(tmp_path)
    sent, got = 500, []
    writing = threading.Thread(target=lambda: [writer._put("a4p", {"n": n, "body": "x" * 5_000}) for n in range(sent)])
    writing.start()
    while writing.is_alive() or len(got) < sent:
        try:
            got.append(reader._get("a4p")["n"])
        except Empty:
            if not writing.is_alive() and not list(tmp_path.glob("*.msg")):
                break
    writing.join()
    assert sorted(got) == list(range(sent))
    assert list(tmp_path.glob(".*.part")) == []


def test_the_celery_application_uses_it() -> None:
    from a4p.celery import app

    if app.conf.broker_url == "filesystem://":
        assert isinstance(app.connection().transport, Transport)
