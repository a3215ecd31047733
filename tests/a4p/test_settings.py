"""Who sets up an installation is told at once all that is wrong with the environment, and how to put it right."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from a4p.env import VARIABLES, env_bool, env_int, env_secret, problems, refuse_nonsense

ROOT = Path(__file__).resolve().parent.parent.parent
SHOW = "print([s.EMAIL_PORT, s.HTTPS, s.DATABASE_URL[:9], s.ALLOWED_HOSTS])"

# What is given, and what is said about it.
NONSENSE = {
    "DEBUG": ("maybe", "DEBUG is 'maybe'; allowed are 1, true, yes, on, 0, false, no, off."),
    "HTTPS": ("https", "HTTPS is 'https'; allowed are 1, true, yes, on, 0, false, no, off."),
    "SITE_ADDRESS": ("tracker.example.org", "it must be an address that begins with http:// or https://."),
    "DATABASE_URL": (
        "mysql://canary:canary@host/x",
        "DATABASE_URL (its value is not shown): "
        "it must be an address that begins with postgres:// or postgresql:// or sqlite://.",
    ),
    "DATABASE_STATEMENT_TIMEOUT": ("0", "DATABASE_STATEMENT_TIMEOUT is '0'; it must be a whole number from 1."),
    "CELERY_BROKER_URL": ("canary", "CELERY_BROKER_URL (its value is not shown): it must be an address that begins"),
    "CACHE_URL": ("redis://", "CACHE_URL (its value is not shown): it must be an address that begins with redis://"),
    "EMAIL_PORT": ("70000", "EMAIL_PORT is '70000'; it must be a whole number from 1 to 65535."),
    "EMAIL_HOST_USER": ("somebody", "EMAIL_HOST_USER is given, EMAIL_HOST_PASSWORD is not; a mail account needs both."),
    "DEFAULT_FROM_EMAIL": ("Tracker", "it must be an e-mail address, like box@host or A name <box@host>."),
    "CLAMD_ADDRESS": ("clamd", "CLAMD_ADDRESS is 'clamd'; it must be `host:port` or the path of a socket."),
    "EVIDENCE_QUOTA_BYTES": ("2048", "EVIDENCE_QUOTA_BYTES is '2048'; it must not be less than EVIDENCE_MAX_BYTES."),
    "SESSION_HOURS": ("twelve", "SESSION_HOURS is 'twelve'; it must be a whole number from 1."),
    "LOG_LEVEL": ("debug", "LOG_LEVEL is 'debug'; allowed are DEBUG, INFO, WARNING, ERROR."),
    "OIDC_CLIENT_ID": (
        "tracker",
        "OIDC_CLIENT_ID is given, OIDC_SERVER_URL, OIDC_CLIENT_SECRET is not; single sign-on needs all three.",
    ),
    "STORAGE_URL": ("https://bucket", "it must be like s3://bucket/prefix?endpoint=https://host&region=name."),
    "STORAGE_ACCESS_KEY": (
        "key",
        "STORAGE_ACCESS_KEY is given, STORAGE_SECRET_KEY is not; a bucket needs both or none.",
    ),
    "SECRET_KEY_FILE": ("/nowhere/key", "SECRET_KEY_FILE is '/nowhere/key'; it cannot be read (FileNotFoundError)."),
}


def load(environment: dict[str, str], folder: Path, show: str = SHOW) -> subprocess.CompletedProcess[str]:
    """A process of its own, with nothing in its environment but this."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    command = [sys.executable, "-c", f"import a4p.settings as s; {show}"]
    environment = {"DATA_DIR": str(folder), **kept, **environment}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    told = load({"SECRET_KEY": "", **{name: value for name, (value, _said) in NONSENSE.items()}}, tmp_path)
    assert told.returncode != 0
    assert [said for _value, said in NONSENSE.values() if said not in told.stderr] == []
    assert "canary" not in told.stderr, "secrets are told by their names alone"
    assert "ImproperlyConfigured" in told.stderr


def test_a_copy_of_the_example_needs_a_secret_and_no_more(tmp_path: Path) -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    example = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    told = load({**example, "SECRET_KEY": "enough", "DATA_DIR": str(tmp_path)}, tmp_path)
    assert told.stdout.strip() == "[25, False, 'sqlite://', ['127.0.0.1', 'localhost']]", told.stderr


def test_secrets_come_from_files(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from-a-file\n", encoding="utf-8")
    (tmp_path / "empty").touch()
    told = load({"SECRET_KEY": "here", "SECRET_KEY_FILE": str(tmp_path / "key")}, tmp_path, "print(s.SECRET_KEY)")
    assert told.stdout == "from-a-file\n"
    assert "the file is empty" in load({"SECRET_KEY_FILE": str(tmp_path / "empty")}, tmp_path).stderr


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told = load({"SECRET_KEY": "enough", "DATA_DIR": str(tmp_path / "file" / "data")}, tmp_path)
    assert "DATA_DIR: " in told.stderr
    assert "cannot be made (Not a directory)" in told.stderr


@pytest.mark.parametrize("value", ["-1", "1.5", "٣", "1e3", "11"])
def test_a_number_is_whole_and_within_its_range(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("NUMBER", value)
    monkeypatch.setattr("a4p.env.VARIABLES", {})
    assert env_int("NUMBER", 5, least=1, most=10) == 5
    assert problems.pop() == f"NUMBER is {value!r}; it must be a whole number from 1 to 10."
    refuse_nonsense()


def test_what_is_left_empty_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("a4p.env.VARIABLES", {})
    monkeypatch.setenv("EMPTY", " ")
    assert (env_bool("EMPTY", default=True), env_int("EMPTY", 7), env_secret("EMPTY", "x")) == (True, 7, "x")


def found(tag_deploy: bool = True) -> set[str | None]:
    return {
        message.id for message in run_checks(include_deployment_checks=tag_deploy) if (message.id or "")[:4] == "a4p."
    }


def fit_for_production(settings: Settings) -> None:
    settings.BASE_DIR = Path(settings.DATA_DIR)  # where no .env lies
    settings.SITE_ADDRESS, settings.ALLOWED_HOSTS = "https://tracker.example.org", ["tracker.example.org"]
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example.org", "tracker@example.org"
    settings.HTTPS = settings.BEHIND_PROXY = True
    settings.DATABASE_URL, settings.CACHE_URL = "postgres://host/tracker", "redis://host/1"


@pytest.mark.parametrize(
    ("id", "name", "value"),
    [
        ("a4p.E001", "MODELTRANSLATION_LANGUAGES", ("en", "fr")),
        ("a4p.W002", "SITE_ADDRESS", "https://elsewhere.example.org"),
        ("a4p.W003", "DEMONSTRATION", True),
        ("a4p.W004", "EMAIL_HOST", ""),
        ("a4p.W006", "BEHIND_PROXY", False),
        ("a4p.W007", "CACHE_URL", ""),
        ("a4p.W008", "DEFAULT_FROM_EMAIL", "tracker@localhost"),
    ],
)
def test_checks_find_what_production_must_not_have(settings: Settings, id: str, name: str, value: object) -> None:
    fit_for_production(settings)
    assert found() == set()
    setattr(settings, name, value)
    assert found() == {id}
    assert f"`{id}`" in (ROOT / "docs/settings.md").read_text(encoding="utf-8")


def test_files_left_to_a_proxy_that_is_not_there_are_found(settings: Settings) -> None:
    fit_for_production(settings)
    settings.PROXY_SENDS_FILES = True
    assert found() == set()
    settings.HTTPS = settings.BEHIND_PROXY = False
    assert found() == {"a4p.W009"}


def test_a_misspelt_variable_is_found(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fit_for_production(settings)
    settings.BASE_DIR = tmp_path
    (tmp_path / ".env").write_text(
        "EMAIL_HOST=mail\nLANGUAGE_OF_PAGES=fr\nSECRET_KEY_FILE=x\nHTTP_ADDRESS=1\nPROXY_TLS=1\n", "utf-8"
    )
    compose = "ports: ['${HTTP_ADDRESS:-8080}:8080']\nenvironment:\n  PROXY_TLS:\n"
    (tmp_path / "docker-compose.yml").write_text(compose, encoding="utf-8")
    monkeypatch.setenv("ALLOWED_HOST", "tracker.example.org")
    monkeypatch.setenv("SOMETHING_ELSE", "1")
    messages = {m.msg.split()[0]: m.hint for m in run_checks() if m.id == "a4p.W005"}
    assert messages == {"ALLOWED_HOST": "Is ALLOWED_HOSTS meant?", "LANGUAGE_OF_PAGES": "See docs/settings.md."}


def test_each_id_is_explained() -> None:
    ids = {word for word in (ROOT / "a4p/checks.py").read_text(encoding="utf-8").split('"') if word.startswith("a4p.")}
    docs = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    assert len(ids) >= 8
    assert [id for id in ids if f"`{id}`" not in docs] == []
    assert "SECRET_KEY" in VARIABLES
