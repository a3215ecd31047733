"""The service as in production: gunicorn, workers and beat, each a process, on servers of our own."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.faults.servers import Disk, MailServer, Postgres, Redis, children_of, signal_all
from tests.machine import PATIENCE, free_port, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
WEB = "gunicorn a4p.wsgi --worker-class gthread --workers 2 --threads 8 --worker-tmp-dir /dev/shm --no-control-socket"
CONCURRENCY = 2
WORKER = "celery --app tests.faults.quick worker --pool threads --without-gossip --without-mingle"
BEAT = "celery --app tests.faults.quick beat --pidfile="
LEASE = 5  # seconds


class Service:
    def __init__(self, folder: Path, postgres: Postgres, redis: Redis, mail: MailServer) -> None:
        self.folder, self.postgres, self.redis, self.mail = folder, postgres, redis, mail
        self.data = folder / "data"
        self.data.mkdir()
        self.disk = Disk(self.data, self.pids)
        self.port = free_port()
        self.processes: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "a4p.settings",
            "SECRET_KEY": "of-the-tests-of-faults-and-long-enough-for-every-check",
            "DEBUG": "0",
            "DEMONSTRATION": "0",
            "SITE_ADDRESS": f"http://127.0.0.1:{self.port}",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATA_DIR": str(self.data),
            "STATIC_ROOT": str(folder / "static"),
            "DATABASE_URL": postgres.address,
            "CELERY_BROKER_URL": f"{redis.address}/0",
            "CACHE_URL": f"{redis.address}/1",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail.port),
            "DOCUMENT_LEASE_SECONDS": str(LEASE),
            "LOG_LEVEL": "WARNING",
        }

    def tell(self, function: str) -> str:
        """Call a function of tests.faults in a process of the service; returns what it prints."""
        module, _dot, name = function.rpartition(".")
        code = f"from tests.faults.{module} import {name}; {name}()"
        command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", code]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def prepare(self) -> list[dict[str, Any]]:
        """Tables, static files and people; returns the writers."""
        writers: list[dict[str, Any]] = json.loads(self.tell("seed.seed"))
        return writers

    def start(self, command: str, name: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{name}.log").open("ab")
        words = [sys.executable, "-m", *command.split()]
        process = subprocess.Popen(words, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        log.close()
        self.processes.append(process)
        return process

    def start_all(self) -> None:
        self.web = self.start(f"{WEB} --bind 127.0.0.1:{self.port}", "web")
        self.worker = self.start_worker()
        self.beat = self.start_beat()
        self.wait_until_ready()

    def start_worker(self) -> subprocess.Popen[bytes]:
        return self.start(f"{WORKER} --concurrency {CONCURRENCY}", "worker")

    def start_beat(self) -> subprocess.Popen[bytes]:
        return self.start(BEAT, "beat")

    def pids(self) -> list[int]:
        living = [process.pid for process in self.processes if process.poll() is None]
        return [*living, *(child for pid in living for child in children_of(pid))]

    def stop_all(self) -> None:
        """Nothing is at work any more that would have to come to its end."""
        for process in self.processes:
            signal_all([process.pid, *children_of(process.pid)], signal.SIGKILL)
            process.wait()
        self.disk.remove()

    def probe(self, path: str) -> tuple[int, str]:
        """Status 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except (OSError, urllib.error.URLError):
            return 0, ""

    def timed(self, path: str) -> tuple[int, str, float]:
        """Status, body and seconds."""
        began = time.monotonic()
        return *self.probe(path), time.monotonic() - began

    def wait_until_ready(self) -> None:
        try:
            wait_until(lambda: self.probe("/readyz")[0] == 200, "the service is ready")
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.probe('/readyz')[1]}") from error
