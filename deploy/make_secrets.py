"""Writes the secrets of docker-compose.yml into a folder, each into a file of its own. What is there stays as it is.

    python3 deploy/make_secrets.py secrets

Containers see each file under their own user, whose number is not that of whoever deploys: the files are readable,
and the folder is closed to everybody else on the machine.
"""

import secrets
import sys
from pathlib import Path

OPTIONAL = (
    "secret_key_fallbacks",
    "email_host_password",
    "oidc_client_secret",
    "sentry_dsn",
    "storage_access_key",
    "storage_secret_key",
)


def write(path: Path, content: str) -> bool:
    """True when the file was not there."""
    if path.exists():
        return False
    path.write_text(content, encoding="utf-8")
    path.chmod(0o444)
    return True


def main(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    folder.chmod(0o700)
    contents = {"secret_key": secrets.token_urlsafe(64), "postgres_password": secrets.token_hex(32)}
    contents["metrics_token"] = secrets.token_urlsafe(32)
    contents |= dict.fromkeys(OPTIONAL, "")
    made = [name for name, content in contents.items() if write(folder / name, content)]
    password = (folder / "postgres_password").read_text(encoding="utf-8").strip()
    if write(folder / "database_url", f"postgres://tracker:{password}@postgres/tracker"):
        made.append("database_url")
    sys.stdout.write(f"Written: {', '.join(made) or 'nothing, all were there'}.\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
