"""docker-compose.yml without Docker: its commands and variables, on this machine, in the tree of the image.

Each web service has an address of its own (127.0.0.2, 127.0.0.3, ...); a small name server says so, as Docker does.
"""

import json
import os
import re
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import requests
import yaml

from tests.a4p.image import PATH, ROOT
from tests.machine import PATIENCE, free_port, wait_until

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
LARGEST = 100_000  # bytes of a piece of evidence here
LIMITS = {"EVIDENCE_MAX_BYTES": str(LARGEST), "BULK_MAX_BYTES": str(LARGEST)}


class NameServer(threading.Thread):
    """Answers every question for an address (A) with all there are, the first of them another each time."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.addresses: list[str] = []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = int(self.socket.getsockname()[1])

    def run(self) -> None:
        while True:
            question, asker = self.socket.recvfrom(512)
            end = question.index(b"\0", 12) + 5
            head = question[:2] + struct.pack(">HHHHH", 0x8180, 1, len(self.addresses), 0, 0)
            answer = b"".join(
                struct.pack(">HHHIH", 0xC00C, 1, 1, 1, 4) + socket.inet_aton(address) for address in self.addresses
            )
            self.socket.sendto(head + question[12:end] + answer, asker)


class Service:
    """What `docker compose up --scale web=2 --scale worker=2` would run."""

    def __init__(self, tree: Path, folder: Path, database: str, redis: str) -> None:
        self.tree, self.folder, self.redis = tree, folder, redis
        self.names = NameServer()
        self.names.start()
        self.web_port, self.proxy_port, self.probe_port = free_port(), free_port(), free_port()
        self.address = f"http://127.0.0.1:{self.proxy_port}"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        for name in ("data", "scratch", "run"):
            (folder / name).mkdir()
        subprocess.run([sys.executable, "deploy/make_secrets.py", str(folder / "secrets")], cwd=ROOT, check=True)
        (folder / "secrets/database_url").unlink()
        (folder / "secrets/database_url").write_text(database, encoding="utf-8")

    def environment(self, name: str) -> dict[str, str]:
        """That of the compose file, with addresses and folders of this machine; and nothing else."""
        given = {"SITE_ADDRESS": self.address, "ALLOWED_HOSTS": "127.0.0.1", **LIMITS}
        found = {}
        for variable, value in SERVICES[name]["environment"].items():
            text = given.get(variable, re.sub(r"\$\{\w+:-(.*)\}", r"\1", value) if value else "")
            if text:
                text = text.replace("/run/secrets", f"{self.folder}/secrets")
                text = text.replace("redis://redis:6379", self.redis)
                found[variable] = f"{self.folder}/data" if variable == "DATA_DIR" else text
        return {"PATH": PATH, "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1", "DEMONSTRATION": "1", **found}

    def command(self, name: str, address: str = "") -> list[str]:
        return [word.replace("0.0.0.0:8000", address) for word in SERVICES[name]["command"]]

    def prepare(self) -> None:
        subprocess.run(self.command("prepare"), cwd=self.tree, env=self.environment("prepare"), check=True)

    def start(self, name: str, number: int = 1) -> None:
        """Web services get the address 127.0.0.(number + 1), under which the name server knows them."""
        host = f"127.0.0.{number + 1}"
        with (self.folder / f"{name}-{number}.log").open("wb") as log:
            self.running[f"{name}-{number}"] = subprocess.Popen(
                self.command(name, f"{host}:{self.web_port}"),
                cwd=self.tree,
                env=self.environment(name),
                stdout=log,
                stderr=log,
            )
        if name == "web":
            self.names.addresses.append(host)

    def start_proxy(self, **other: str) -> str:
        """The address it answers at. `other`: variables that differ from those of the plain proxy."""
        port = str(other.get("HTTP_PORT", self.proxy_port))
        environment = {
            "PATH": os.environ["PATH"],
            "SITE_ADDRESS": self.address,
            **LIMITS,
            "WEB": f"web:{self.web_port}",
            "RESOLVER": f"127.0.0.1:{self.names.port}",
            "HTTP_PORT": f"127.0.0.1:{port}",
            "PROBE_PORT": str(self.probe_port),
            "DATA": str(self.folder / "data"),
            "STATIC": str(self.tree / "staticfiles"),
            "PAGES": str(self.tree / "pages"),
            "SCRATCH": str(self.folder / "scratch"),
            "RUN": str(self.folder / "run"),
            "ACCESS_LOG": str(self.folder / "access.log"),
            "GLOBALS": "user root;" if os.geteuid() == 0 else "",
            **other,
        }
        command = ["sh", *(word.replace("/deploy/", f"{self.tree}/deploy/") for word in SERVICES["proxy"]["command"])]
        self.running[f"proxy-{port}"] = subprocess.Popen(command, env=environment)
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/"), "the proxy answers")
        return f"http://127.0.0.1:{port}"

    def is_healthy(self, name: str, number: int = 1) -> bool:
        """What the compose file's own health check says."""
        check = [
            word.replace("127.0.0.1:8000", f"127.0.0.{number + 1}:{self.web_port}") for word in self.check_of(name)
        ]
        ran = subprocess.run(check, cwd=self.tree, env=self.environment(name), capture_output=True, check=False)
        return ran.returncode == 0

    @staticmethod
    def check_of(name: str) -> list[str]:
        words: list[str] = SERVICES[name]["healthcheck"]["test"]
        return words[1:]

    def log_of_proxy(self, folder: Path | None = None) -> list[dict[str, str]]:
        """Each of its processes writes a line some time after it has answered: wait for those that you want to see."""
        written = ((folder or self.folder) / "access.log").read_text(encoding="utf-8")
        return [json.loads(line) for line in written.splitlines(keepends=True) if line.endswith("\n")]

    def get(self, path: str, **more: Any) -> requests.Response:
        """As somebody who is not known."""
        return requests.get(self.address + path, timeout=PATIENCE, **more)

    def stop(self, *names: str) -> None:
        for name in names or tuple(self.running):
            self.running[name].terminate()
        for name in names or tuple(self.running):
            self.running.pop(name).wait(PATIENCE)


def answers(address: str) -> bool:
    try:
        requests.get(address, timeout=PATIENCE, allow_redirects=False)
    except requests.RequestException:
        return False
    return True
