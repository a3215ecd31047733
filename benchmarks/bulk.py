"""What bringing in 9,000 submitted updates costs: seconds and memory of a process that does nothing else.

    python -m benchmarks.bulk                                   on a throw-away SQLite file
    python -m benchmarks.bulk --form xlsx --updates 2000        another form, fewer rows

The child process checks the file and then carries it out, as a worker does; its greatest memory is what the system
says of it. Ends with 1 when a goal is missed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOAL_SECONDS, GOAL_MEGABYTES = 60, 300
WORDS = "The mission trained two units, équipées et prêtes, وحدتان مدربتان, and reports on them every month. " * 8


def prepare(path: Path, updates: int) -> None:
    """An invented person who writes for everybody, and a file of their updates."""
    import django

    django.setup()
    from datetime import UTC, date, datetime

    from django.core.management import call_command

    from progress import actions
    from progress.bulk.writing import WRITERS
    from progress.models import Assignment
    from progress.update_rows import UPDATES
    from stakeholders.models import Appointment, Stakeholder, User

    call_command("migrate", verbosity=0)
    call_command("load_catalogue", verbosity=0)
    call_command("load_registry", verbosity=0)
    person = User.objects.create_user("writer@example.org", name="Writer")
    day = date(2026, 1, 1)
    Appointment.objects.bulk_create(
        Appointment(person=person, stakeholder=who, role="author", starts_on=day) for who in Stakeholder.objects.all()
    )
    at = datetime.now(UTC)
    year = at.year
    while Assignment.objects.count() < updates:
        year += 1
        cycle = actions.plan_cycle(year=year, quarter=1, actor=None, at=at)
        actions.open_cycle(cycle=cycle, actor=None, at=at)
    rows = (
        dict.fromkeys(UPDATES.column_names, "")
        | {
            "cycle": one.cycle.key,
            "stakeholder": one.stakeholder.code,
            "commitment": one.commitment.uid,
            "state": "submitted",
            "language": "en",
            "status": "in_progress",
            "narrative": f"{one.pk}. {WORDS}",
        }
        for one in Assignment.objects.with_everything().order_by("cycle", "stakeholder", "commitment")[:updates]
    )
    WRITERS[path.suffix[1:]](path, UPDATES, rows)


def bring_in(path: Path) -> None:
    """The measured process. Prints {"seconds", "megabytes", "queries"} as its last line."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    count = 0

    def counting(execute, sql, params, many, context):  # type: ignore[no-untyped-def] # Django's own signature
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    started = time.monotonic()
    with connection.execute_wrapper(counting):
        call_command("import_data", "updates", path, email="writer@example.org", stdout=sys.stderr)
    found = {"seconds": time.monotonic() - started, "megabytes": most_memory(), "queries": count}
    sys.stdout.write(json.dumps(found) + "\n")


def most_memory() -> float:
    """Megabytes this program has held at most. What getrusage tells includes the program that has started this one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def environment_in(folder: str) -> dict[str, str]:
    """A throw-away database and data folder."""
    own = {"DATA_DIR": folder, "SECRET_KEY": "benchmark", "DATABASE_URL": f"sqlite:///{folder}/tracker.sqlite3"}
    return {**os.environ, **own, "DEBUG": "0", "DJANGO_SETTINGS_MODULE": "a4p.settings"}


def command_of(step: str, path: Path, *more: int) -> list[str]:
    """One of the functions above in a process of its own."""
    given = ", ".join([f"Path({str(path)!r})", *map(str, more)])
    return [sys.executable, "-c", f"from pathlib import Path; from benchmarks import bulk; bulk.{step}({given})"]


def prepared(folder: str, updates: int, form: str) -> Path:
    """The file, for the database in the same folder."""
    path = Path(folder) / f"updates.{form}"
    subprocess.run(command_of("prepare", path, updates), env=environment_in(folder), check=True)  # noqa: S603 - our own code
    return path


def measured(path: Path) -> dict[str, float]:
    """What it costs to bring in a file that was prepared."""
    command, environment = command_of("bring_in", path), environment_in(str(path.parent))
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own code
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--updates", type=int, default=9_000)
    parser.add_argument("--form", choices=("csv", "json", "xlsx"), default="csv")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="a4p-bulk-") as folder:
        found = measured(prepared(folder, options.updates, options.form))
    sys.stdout.write(
        f"{options.updates} updates, {options.form}: {found['seconds']:.1f} s (goal {GOAL_SECONDS}), "
        f"{found['megabytes']:.0f} MB (goal {GOAL_MEGABYTES}), {found['queries']} queries\n"
    )
    return int(found["seconds"] > GOAL_SECONDS or found["megabytes"] > GOAL_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
