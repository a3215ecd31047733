"""Settings from the environment. Values that make no sense stop the start; all of them are named at once.

A reader that meets one notes what is wrong and goes on with the default; `refuse_nonsense`, called when every
variable has been read, raises ImproperlyConfigured. A variable that is empty counts as not given.
"""

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off")


@dataclass(frozen=True)
class Variable:
    """What docs/settings.md and .env.example say of one; `default` as one would write it."""

    name: str
    default: str
    allowed: str
    is_secret: bool = False


VARIABLES: dict[str, Variable] = {}
problems: list[str] = []


def env_str(name: str, default: str = "") -> str:
    return _read(name, default, "text") or default


def env_bool(name: str, default: bool, *, shown: str = "") -> bool:
    """`shown` says in words a default that hangs on other variables."""
    given = _read(name, shown or str(int(default)), "`1` or `0`").lower()
    if given in TRUE + FALSE:
        return given in TRUE
    if given:
        refuse(name, f"allowed are {', '.join(TRUE + FALSE)}", given)
    return default


def env_int(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    allowed = f"a whole number from {least}" + (f" to {most}" if most is not None else "")
    given = _read(name, str(default), allowed)
    if not given:
        return default
    if not (given.isascii() and given.isdecimal()) or int(given) < least or (most is not None and int(given) > most):
        refuse(name, f"it must be {allowed}", given)
        return default
    return int(given)


def env_list(name: str, default: str = "") -> list[str]:
    given = _read(name, default, "words separated by commas") or default
    return [item.strip() for item in given.split(",") if item.strip()]


def env_address(name: str) -> str:
    """host:port, or the path of a socket on this machine; may be empty."""
    allowed = "`host:port` or the path of a socket"
    given = _read(name, "", allowed)
    host, _colon, port = given.rpartition(":")
    if given and not given.startswith("/") and not (host and port.isdecimal()):
        refuse(name, f"it must be {allowed}", given)
        return ""
    return given


def env_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    allowed = ", ".join(f"`{choice}`" for choice in choices)
    given = _read(name, default, allowed) or default
    if given not in choices:
        refuse(name, f"allowed are {', '.join(choices)}", given)
        return default
    return given


def env_path(name: str, default: str, *, base: Path) -> Path:
    """A folder; one that does not begin at the root is taken from `base`."""
    return base / (_read(name, default, "the path of a folder") or default)


def env_email(name: str, default: str) -> str:
    """What stands behind From: an address, with or without a name before it."""
    given = _read(name, default, "`box@host` or `A name <box@host>`") or default
    _name, address = parseaddr(given)
    box, _at, host = address.rpartition("@")
    if not box or not host or any(sign in given for sign in "\r\n"):
        refuse(name, "it must be an e-mail address, like box@host or A name <box@host>", given)
        return default
    return given


def env_url(name: str, default: str, schemes: tuple[str, ...]) -> str:
    given = _read(name, default, _as_addresses(schemes))
    if given and not _is_address(given, schemes):
        refuse(name, f"it must be an address that begins with {_or(schemes)}", given)
        return default
    return given or default


def env_secret(name: str, default: str = "", *, schemes: tuple[str, ...] = (), least: int = 0) -> str:
    """The content of the file that NAME_FILE points to, or else the variable itself; no message repeats it.

    `schemes` are those an address may begin with; `least` is the number of characters it has at the least.
    """
    allowed = _as_addresses(schemes) if schemes else f"text of at least {least} characters" if least else "text"
    given = _read(name, default, allowed, is_secret=True)
    path = os.environ.get(f"{name}_FILE", "").strip()
    if path:
        given = _content(name, path)
    if given and schemes and not _is_address(given, schemes):
        refuse(name, f"it must be an address that begins with {_or(schemes)}")
        return default
    if given and len(given) < least:
        refuse(name, f"it must have at least {least} characters")
    return given or default


def refuse(name: str, why: str, given: str | None = None) -> None:
    """Note what is wrong with a variable. `given` is left out where it is nobody's to read."""
    problems.append(f"{name} is {given!r}; {why}." if given is not None else f"{name} (its value is not shown): {why}.")


def need_together(values: dict[str, str], why: str) -> None:
    """Variables of which all are given, or none."""
    lacking = [name for name, value in values.items() if not value]
    if lacking and len(lacking) < len(values):
        given = [name for name in values if name not in lacking]
        problems.append(f"{', '.join(given)} is given, {', '.join(lacking)} is not; {why}.")


def need_package(name: str, *modules: str) -> None:
    """A variable that switches something on whose libraries are not among those every installation has."""
    missing = [module for module in modules if not _is_installed(module)]
    if missing:
        how = "pip install --require-hashes -r requirements/extras.txt"
        problems.append(f"{name} is given, but {', '.join(missing)} is not installed: {how}")


def refuse_nonsense() -> None:
    """Raises ImproperlyConfigured with everything that was noted, once."""
    found, problems[:] = list(problems), []
    if found:
        raise ImproperlyConfigured("\n".join(["the settings make no sense:", *found]))


def environment_with(kept: Collection[str], changed: dict[str, str]) -> dict[str, str]:
    """For a process in another place: of the tracker's variables `kept` as they are and `changed` as given here.

    All others are empty, so that `.env` does not fill them, and have their defaults.
    """
    ours = {*VARIABLES, *(f"{name}_FILE" for name, variable in VARIABLES.items() if variable.is_secret)}
    return {**os.environ, **dict.fromkeys(ours - set(kept), ""), **changed}


def make_folders(*folders: Path) -> None:
    """Raises ImproperlyConfigured where they cannot be made."""
    try:
        for folder in folders:
            folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"DATA_DIR: {folder} cannot be made ({error.strerror}).") from error


def _read(name: str, default: str, allowed: str, *, is_secret: bool = False) -> str:
    VARIABLES[name] = Variable(name, default, allowed, is_secret)
    return os.environ.get(name, "").strip()


def _content(name: str, path: str) -> str:
    try:
        given = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        refuse(f"{name}_FILE", f"it cannot be read ({type(error).__name__})", path)
        return ""
    if not given:
        refuse(f"{name}_FILE", "the file is empty", path)
    return given


def _is_address(given: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(given)
        is_sound = parts.port is None or parts.port > 0
    except ValueError:
        return False
    needs_host = parts.scheme not in ("sqlite", "filesystem", "unix")
    return is_sound and parts.scheme in schemes and "://" in given and bool(parts.hostname or not needs_host)


def _is_installed(module: str) -> bool:
    finder: Callable[[str], object] = find_spec
    try:
        return finder(module) is not None
    except ModuleNotFoundError:  # its parent is not there
        return False


def _as_addresses(schemes: tuple[str, ...]) -> str:
    return ", ".join(f"`{scheme}://…`" for scheme in schemes)


def _or(schemes: tuple[str, ...]) -> str:
    return " or ".join(f"{scheme}://" for scheme in schemes)
