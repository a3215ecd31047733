"""Settings from the environment. A value that makes no sense stops the start, naming the variable."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off", "")


def env_str(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def env_bool(name: str, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; allowed are {', '.join(TRUE + FALSE[:-1])}.")


def env_int(name: str, default: int, *, least: int = 0) -> int:
    value = env_str(name, str(default))
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number from {least}.")
    return int(value)


def env_list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in env_str(name, default).split(",") if item.strip()]


def env_address(name: str) -> str:
    """host:port, or the path of a socket on this machine; may be empty."""
    value = env_str(name)
    host, _colon, port = value.rpartition(":")
    if value and not value.startswith("/") and not (host and port.isdecimal()):
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be host:port or the path of a socket.")
    return value


def env_choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = env_str(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}; allowed are {', '.join(allowed)}.")
    return value


def env_secret(name: str, default: str = "") -> str:
    """The variable itself, or the content of the file that NAME_FILE points to."""
    path = env_str(f"{name}_FILE")
    if not path:
        return env_str(name, default)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}.") from error
