"""Checks that need a process or a program of their own: migrations, deployment settings, collected words.

python -m tests.gates
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "SECRET_KEY": "a-long-enough-secret-for-the-deployment-check-0123456789-abcdefghijklmnop",
    "DEBUG": "0",
    "DEMONSTRATION": "0",
    "SITE_ADDRESS": "https://tracker.example.org",
    "ALLOWED_HOSTS": "tracker.example.org",
    "BEHIND_PROXY": "1",
    "EMAIL_HOST": "mail.example.org",
    "DEFAULT_FROM_EMAIL": "tracker@example.org",
}

# Everything that is off by default.
OPTIONAL = {
    "CACHE_URL": "redis://redis.example.org/1",
    "CELERY_BROKER_URL": "redis://redis.example.org/0",
    "CLAMD_ADDRESS": "scanner.example.org:3310",
    "EMAIL_HOST_USER": "tracker",
    "EMAIL_HOST_PASSWORD": "of-the-mail-server",
    "EMAIL_USE_TLS": "1",
    "LOG_FORMAT": "json",
    "METRICS_TOKEN": "of-whoever-scrapes-figures",
    "OIDC_SERVER_URL": "https://id.example.org",
    "OIDC_CLIENT_ID": "tracker",
    "OIDC_CLIENT_SECRET": "of-the-provider",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9",
    "PROXY_SENDS_FILES": "1",
    "SENTRY_DSN": "http://public@127.0.0.1:9/1",
    "STORAGE_URL": "s3://bucket/prefix?endpoint=http://127.0.0.1:9&region=somewhere",
    "STORAGE_ACCESS_KEY": "key",
    "STORAGE_SECRET_KEY": "of-the-bucket",
}


def manage(*arguments: str, cwd: Path = ROOT, **environment: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, check=True)


def words_are_collected() -> list[str]:
    """Words in code and templates that the catalogues do not have, and the other way round."""
    if shutil.which("xgettext") is None:
        return ["xgettext is missing: apt-get install gettext"]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        files = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split("\0")
        for name in filter(None, files):
            if (ROOT / name).is_file() and not name.startswith(("reports/fonts/", "tests/")):
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, copy / name)
        arguments = ["makemessages", "--locale", "en", "--no-location", "--no-obsolete", "--verbosity", "0"]
        manage(*arguments, cwd=copy, DATA_DIR=folder, SECRET_KEY="collecting")
        collected = keys(copy / "locale/en/LC_MESSAGES/django.po")
    known = keys(ROOT / "locale/en/LC_MESSAGES/django.po")
    lacking = [f"not in the catalogues (run make messages): {key}" for key in collected - known]
    return lacking + [f"in the catalogues and used nowhere: {key}" for key in known - collected]


def keys(path: Path) -> set[tuple[str | None, str]]:
    with path.open("rb") as stream:
        catalogue = read_po(stream)
    return {(m.context, m.id[0] if isinstance(m.id, tuple) else str(m.id)) for m in catalogue if m.id}


def main() -> int:
    manage("makemigrations", "--check", "--dry-run")
    with tempfile.TemporaryDirectory() as folder:
        for more in ({}, OPTIONAL):
            manage("check", "--deploy", "--fail-level", "WARNING", DATA_DIR=folder, **{**PRODUCTION, **more})
    subprocess.run([sys.executable, "-m", "tests.side_by_side"], cwd=ROOT, check=True)
    faults = words_are_collected()
    print(*faults, sep="\n")  # noqa: T201 - this module exists to print
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
