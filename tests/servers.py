"""PostgreSQL and Redis for tests that start real processes: places of their own on the suite's servers, or own servers.

`.ci/run` names servers by DATABASE_URL and CELERY_BROKER_URL; elsewhere each test that asks has some started.
"""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis


def free_port(host: str = "127.0.0.1") -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty database."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        with own_postgres() as address:
            yield address
        return
    name = f"tracker_servers_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield server.rsplit("/", 1)[0] + f"/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def own_postgres() -> Iterator[str]:
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    assert programs, "PostgreSQL is not installed: apt-get install postgresql"
    folder = Path(tempfile.mkdtemp(prefix="a4p-pg-"))
    is_root = getpass.getuser() == "root"
    if is_root:
        shutil.chown(folder, "postgres")
    port = free_port()

    def run(program: str, *words: str) -> None:
        command = [str(programs[-1] / program), "--pgdata", str(folder / "data"), *words]
        as_owner = ["runuser", "-u", "postgres", "--", *command] if is_root else command
        subprocess.run(as_owner, check=True, capture_output=True, cwd=folder)

    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    run("initdb", "--username", "tracker", "--auth", "trust", "--encoding", "UTF8")
    run("pg_ctl", "--wait", "--silent", "--log", str(folder / "log"), "--options", options, "start")
    try:
        yield f"postgres://tracker@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "--mode", "immediate", "--silent", "stop")
        shutil.rmtree(folder)


@contextmanager
def redis_server() -> Iterator[str]:
    """The address of a server whose databases 8 and 9 are empty, without a database's number."""
    server = os.environ.get("CELERY_BROKER_URL", "")
    if server.startswith("redis"):
        address = server.rsplit("/", 1)[0]
        _empty(address)
        yield address
        _empty(address)
        return
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        with redis.Redis(port=port) as client:
            wait_for(lambda: _answers(client), 10)
        yield f"redis://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def wait_for(well: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not well():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.1)


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


def _empty(address: str) -> None:
    for number in (8, 9):
        with redis.Redis.from_url(f"{address}/{number}") as client:
            client.flushdb()
