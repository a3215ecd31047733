"""What docker-compose.yml promises. The file is read, and its programs look at it; no Docker engine is asked."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from a4p import settings as production
from a4p.env import VARIABLES
from tests.a4p import certificate

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("prepare", "web", "worker", "beat")
SCALED = ("web", "worker")
# A trial's alone, or fixed by the image.
NOT_OFFERED = {"DEBUG", "DEMONSTRATION", "STATIC_ROOT"}

needs_nginx = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")


class Strict(yaml.SafeLoader):
    """Refuses a key that is given twice, as newer programs do and this library does not."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _value in node.value if key.value != "<<"]
        assert len(keys) == len(set(keys)), sorted(keys)
        return super().construct_mapping(node, deep)


def test_nothing_is_said_twice() -> None:
    text = re.sub(r"^ *<<: .*$", "", (ROOT / "docker-compose.yml").read_text(encoding="utf-8"), flags=re.M)
    assert yaml.load(text, Loader=Strict)["services"]  # noqa: S506 - a SafeLoader


def test_the_services_are_there() -> None:
    assert set(SERVICES) == {"proxy", "postgres", "redis", *OURS}


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_hardened(name: str) -> None:
    service = SERVICES[name]
    assert int(service["user"].split(":")[0]) > 0
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["logging"]["options"]["max-size"]
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert "privileged" not in service
    assert "cap_add" not in service


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"prepare"}))  # it ends, and its exit code is its health
def test_each_service_that_stays_has_a_health_check(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] == "CMD"
    assert {"interval", "timeout", "retries"} <= set(check)
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_a_service_waits_for_what_it_needs() -> None:
    done, well = "service_completed_successfully", "service_healthy"
    waits = {name: {k: v["condition"] for k, v in s.get("depends_on", {}).items()} for name, s in SERVICES.items()}
    assert waits["prepare"] == {"postgres": well, "redis": well}
    assert waits["web"] == waits["worker"] == waits["beat"] == {"prepare": done}
    assert waits["proxy"] == {"web": well}


@pytest.mark.parametrize("name", SCALED)
def test_what_is_scaled_has_no_name_and_no_port_of_its_own(name: str) -> None:
    assert not {"container_name", "ports", "hostname"} & set(SERVICES[name])


def test_only_the_proxy_can_be_reached_and_it_reaches_only_web() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert all(port.startswith("${HTTP") and ":-127.0.0.1:" in port for port in SERVICES["proxy"]["ports"])
    assert COMPOSE["networks"]["store"]["internal"] is True
    assert SERVICES["postgres"]["networks"] == SERVICES["redis"]["networks"] == ["store"]
    neighbours = [name for name, service in SERVICES.items() if "edge" in service["networks"]]
    assert neighbours == ["proxy", "web"]
    assert SERVICES["proxy"]["networks"] == ["edge"]


def test_the_proxy_sees_protected_files_and_changes_none() -> None:
    mounted = [volume for volume in SERVICES["proxy"]["volumes"] if "/data" in volume]
    assert mounted == ["documents:/data/documents:ro", "evidence:/data/evidence:ro"]
    assert SERVICES["proxy"]["user"].split(":")[1] == SERVICES["web"]["user"].split(":")[1]


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_one_that_the_tracker_reads(name: str) -> None:
    readable = set(VARIABLES) | {f"{v.name}_FILE" for v in VARIABLES.values() if v.is_secret}
    assert set(SERVICES[name]["environment"]) <= readable


def test_every_setting_can_be_given() -> None:
    offered = {name.removesuffix("_FILE") for name in SERVICES["web"]["environment"]}
    assert set(VARIABLES) - offered == NOT_OFFERED


def test_every_variable_of_the_file_itself_is_explained() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    named = set(re.findall(r"\$\{([A-Z0-9_]+)", text)) | set(SERVICES["proxy"]["environment"])
    explained = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    assert [name for name in sorted(named - set(VARIABLES)) if f"| `{name}` |" not in explained] == []


@pytest.mark.parametrize("name", SERVICES)
def test_no_secret_stands_in_the_file(name: str) -> None:
    environment: dict[str, str | None] = SERVICES[name].get("environment", {})
    for variable, value in environment.items():
        assert "@" not in (value or ""), "an address with a password"
        is_secret = variable in VARIABLES and VARIABLES[variable].is_secret
        assert not is_secret or str(value).startswith("redis://redis:"), variable
        if variable.endswith("_FILE") and value:
            assert Path(value).name in SERVICES[name]["secrets"]


def test_secrets_are_files_that_one_command_writes_once(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"

    def make() -> None:
        subprocess.run([sys.executable, "deploy/make_secrets.py", str(folder)], cwd=ROOT, check=True)

    make()
    files = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert {f"./secrets/{name}" for name in files} == {secret["file"] for secret in COMPOSE["secrets"].values()}
    assert len(files["secret_key"]) >= 50
    assert f":{files['postgres_password']}@postgres/" in files["database_url"]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o444}, "containers have users of their own"
    make()
    assert files == {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_images_have_versions_and_ours_is_this_one() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8") + (ROOT / "Dockerfile").read_text(encoding="utf-8")
    others = re.findall(r"\b((?:python|nginx|postgres|redis):[^\s}]+)", text.replace("redis://", ""))
    images = [image for image in others if re.match(r"\w+:\d", image) and "/" not in image]
    assert len(images) == 4
    assert all(re.fullmatch(r"\w+:\d+\.\d+(\.\d+)?-[a-z-]+", image) for image in images), images
    assert {SERVICES[name]["image"] for name in OURS} == {
        f"a4p-commitment-tracker:${{A4P_VERSION:-{production.VERSION}}}"
    }


@pytest.mark.skipif(not shutil.which("docker-compose"), reason="docker-compose is not installed")
def test_compose_itself_accepts_the_file() -> None:
    given = {**os.environ, "SITE_ADDRESS": "https://tracker.example.org", "EMAIL_PORT": "587"}
    command = ["docker-compose", "--file", "docker-compose.yml", "config"]
    answer = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=True)
    seen = yaml.safe_load(answer.stdout)["services"]["web"]["environment"]
    assert seen["SITE_ADDRESS"] == "https://tracker.example.org"
    assert seen["EMAIL_PORT"] == "587", "passed on"
    assert not seen.get("EMAIL_HOST"), "not given, so that the default holds"


@needs_nginx
@pytest.mark.parametrize("tls", ["0", "1"])
def test_nginx_accepts_its_configuration(tmp_path: Path, tls: str) -> None:
    certificate.make(tmp_path)
    answer = looked_at(tmp_path, PROXY_TLS=tls)
    assert answer.returncode == 0, answer.stderr
    assert "is successful" in answer.stderr
    rendered = (tmp_path / "run/nginx.conf").read_text(encoding="utf-8")
    assert not re.search(r"\$\{[A-Z]", rendered)


@needs_nginx
@pytest.mark.parametrize(
    "limits",
    [{}, {"EVIDENCE_MAX_BYTES": "2048"}, {"EVIDENCE_MAX_BYTES": "20000000"}, {"BULK_MAX_BYTES": "99999999"}],
    ids=str,
)
def test_the_proxy_lets_through_what_web_would_read(tmp_path: Path, limits: dict[str, str]) -> None:
    assert looked_at(tmp_path, **limits).returncode == 0
    rendered = (tmp_path / "run/nginx.conf").read_text(encoding="utf-8")
    ask = "from a4p.settings import UPLOAD_MAX_BYTES; print(UPLOAD_MAX_BYTES)"
    environment = {"SECRET_KEY": "only-to-ask", "DATA_DIR": str(tmp_path / "data"), **limits}
    command = [sys.executable, "-c", ask]
    read = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout.strip()
    assert f"client_max_body_size {read};" in rendered


def test_a_switch_with_another_value_is_refused_by_name(tmp_path: Path) -> None:
    answer = looked_at(tmp_path, PROXY_TLS="yes")
    assert answer.returncode == 1
    assert answer.stderr == "PROXY_TLS is 'yes'; allowed are 0 and 1.\n"


def looked_at(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What nginx says of the configuration that these variables make."""
    places = {
        "RUN": str(folder / "run"),
        "SCRATCH": str(folder),
        "CERTIFICATES": str(folder),
        "ACCESS_LOG": str(folder / "access.log"),
    }
    return subprocess.run(
        ["sh", str(ROOT / "deploy/nginx/start.sh"), "-t"],
        env={"PATH": os.environ["PATH"], **places, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
