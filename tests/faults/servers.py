"""PostgreSQL, Redis and a mail server of our own, on free ports, to be stopped, emptied and frozen at will."""

import errno
import os
import resource
import shutil
import signal
import socketserver
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path
from typing import Any

import psycopg
import redis

from tests.machine import PATIENCE, free_port, wait_until

OWNER = "postgres"  # who runs the server when we are root, which it refuses to be
MOST_CONNECTIONS = 40


def children_of(pid: int) -> list[int]:
    """Process ids, the children's children included."""
    try:
        direct = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
    return [found for child in direct for found in (child, *children_of(child))]


def signal_all(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def postgres_programs() -> Path | None:
    """The folder of the newest ones on this machine."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    return versions[-1] if versions else Path(found).resolve().parent if found else None


class Postgres:
    """A cluster with a plain role and a database of its own; the superuser's is for looking."""

    def __init__(self, connections: int = MOST_CONNECTIONS) -> None:
        self.folder, self.port = Path(tempfile.mkdtemp(prefix="a4p-faults-pg-")), free_port()
        self.connections = connections
        self.address = f"postgres://tracker@127.0.0.1:{self.port}/tracker"
        programs = postgres_programs()
        assert programs is not None
        self.programs = programs
        if os.getuid() == 0:
            shutil.chown(self.folder, OWNER)
        self._run("initdb", "--username", "chief", "--auth", "trust", "--no-sync", "--encoding", "UTF8")
        self.start()
        with self.as_chief("postgres") as chief:
            chief.execute("CREATE ROLE tracker LOGIN")
            chief.execute("CREATE DATABASE tracker OWNER tracker")

    def _run(self, program: str, *words: str) -> None:
        command = [str(self.programs / program), "--pgdata", str(self.folder / "data"), *words]
        if os.getuid() == 0:
            command = ["runuser", "-u", OWNER, "--", *command]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        options += f" -c max_connections={self.connections}"
        log = str(self.folder / "log")
        self._run("pg_ctl", "--wait", "--silent", "--log", log, "--options", options, "start")

    def stop(self) -> None:
        """As if the plug were pulled: nothing is written to an end, every connection is cut."""
        self._run("pg_ctl", "--wait", "--silent", "--mode", "immediate", "stop")

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It is there and accepts connections, but answers nobody."""
        head = int((self.folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
        pids = [head, *children_of(head)]
        signal_all(pids, signal.SIGSTOP)
        try:
            yield
        finally:
            signal_all(pids, signal.SIGCONT)

    def as_chief(self, database: str = "tracker") -> psycopg.Connection[Any]:
        address = f"postgres://chief@127.0.0.1:{self.port}/{database}"
        return psycopg.connect(address, autocommit=True, connect_timeout=PATIENCE)

    def ask(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.as_chief() as chief:
            return chief.execute(question, values or None).fetchall()  # type: ignore[call-overload] # ours, not typed

    def run(self, command: str, *values: Any) -> None:
        with self.as_chief() as chief:
            chief.execute(command, values or None)  # type: ignore[call-overload] # ours, not typed

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """As it is with a full disk, or while another server is to take over."""
        self.run("ALTER SYSTEM SET default_transaction_read_only = on")
        self.ask("SELECT pg_reload_conf()")
        try:
            yield
        finally:
            self.run("ALTER SYSTEM RESET default_transaction_read_only")
            self.ask("SELECT pg_reload_conf()")

    def one(self, question: str, *values: Any) -> Any:
        return self.ask(question, *values)[0][0]


class Disk:
    """The disk under the data folder: a small one of its own where we may mount one."""

    def __init__(self, folder: Path, writers: Callable[[], list[int]]) -> None:
        """`writers` gives the ids of the processes that write there."""
        self.folder, self.writers = folder, writers
        words = ["mount", "-t", "tmpfs", "-o", "size=48m,mode=0755", "a4p-faults", str(folder)]
        may_mount = os.getuid() == 0 and shutil.which("mount") is not None
        self.is_own = may_mount and subprocess.run(words, check=False, capture_output=True).returncode == 0

    @contextmanager
    def full(self) -> Iterator[None]:
        """Not a byte can be written. Where the disk is not our own, no process may make a file of any length."""
        if not self.is_own:
            with self._forbidden():
                yield
            return
        ballast = self.folder / "ballast"
        with ballast.open("wb", buffering=0) as stream:
            try:
                while True:
                    stream.write(bytes(65_536))
            except OSError as error:
                assert error.errno == errno.ENOSPC
        try:
            yield
        finally:
            ballast.unlink()

    @contextmanager
    def _forbidden(self) -> Iterator[None]:
        pids = self.writers()
        before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
        for pid, (_soft, hard) in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
        try:
            yield
        finally:
            for pid, limits in before.items():
                resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)

    def remove(self) -> None:
        if self.is_own:
            subprocess.run(["umount", "--lazy", str(self.folder)], check=True)


class Redis:
    def __init__(self) -> None:
        self.port = free_port()
        self.address = f"redis://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        words = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(["redis-server", *words], stdout=subprocess.DEVNULL)
        wait_until(self._answers, "Redis answers")

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except (redis.ConnectionError, redis.TimeoutError):
            return False

    @property
    def client(self) -> "redis.Redis":
        return redis.Redis(port=self.port, socket_timeout=PATIENCE)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        self.stop()
        try:
            yield
        finally:
            self.start()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


class _Receiver(socketserver.StreamRequestHandler):
    """Just enough of SMTP to take a mail."""

    def handle(self) -> None:
        try:
            self._converse()
        except ConnectionError:  # who was speaking has been killed
            return

    def _converse(self) -> None:
        self._say("220 ready")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self._say("354 go on")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                time.sleep(0.03)  # as long as a mail server may take
                self.server.take(message_from_bytes(text)["Message-ID"])  # type: ignore[attr-defined] # MailServer's
            self._say("221 bye" if word == b"QUIT" else "250 ok")
            if word == b"QUIT":
                return

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """Counts how often it was given each mail, by Message-ID."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Receiver)
        self.port = self.server_address[1]
        self.received: Counter[str] = Counter()
        self._lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def take(self, message_id: str) -> None:
        with self._lock:
            self.received[message_id] += 1
