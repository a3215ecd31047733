"""The steps of benchmarks/scale.py that touch the database; the last line of the output is the answer, in JSON."""

import json
import os
import random
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.pages_settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 - as above
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402 - as above
from django.core.management import call_command  # noqa: E402 - as above
from django.db import transaction  # noqa: E402 - as above
from django.urls import reverse  # noqa: E402 - as above
from django.utils import timezone, translation  # noqa: E402 - as above

from commitments.models import Area, Commitment  # noqa: E402 - as above
from progress import actions  # noqa: E402 - as above
from progress.models import Assignment, Cycle, CycleState, Update, UpdateVersion  # noqa: E402 - as above
from progress.models.cycle import quarter_before, quarter_of  # noqa: E402 - as above
from reports import actions as reports  # noqa: E402 - as above
from reports.actions.producing import frozen_content  # noqa: E402 - as above
from reports.rendering.formats import Manuscript, render  # noqa: E402 - as above
from reports.snapshot import fingerprint  # noqa: E402 - as above
from stakeholders.models import Stakeholder, User  # noqa: E402 - as above

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
VARIETY = 12  # addresses of one kind of page
TIMES = 5
NOBODY, AUTHOR, OFFICER = "nobody", "author", "officer"
Addresses = dict[str, list[str]]


def fill(cycles: str) -> Any:
    """Make the data of so many cycles, unless they are there already."""
    call_command("migrate", verbosity=0)
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    if Cycle.objects.count() == int(cycles) + 1:
        return 0
    started = time.monotonic()
    call_command("generate_load", cycles=int(cycles), stdout=sys.stderr)
    return round(time.monotonic() - started)


def prepare() -> Any:
    """People who are signed in, the addresses each of them asks for, and what may be written to."""
    chance = random.Random(45)  # noqa: S311 - the same addresses in every run
    cycle = Cycle.objects.open().newest_first()[0]
    officers = list(User.objects.filter(duty="officer").order_by("pk"))
    author = _writer(cycle)
    with translation.override("en"):
        pages = {NOBODY: _public(cycle, chance), AUTHOR: _of_author(author, cycle), OFFICER: _of_officer(cycle, chance)}
    sessions = {AUTHOR: _session(author), OFFICER: _session(officers[0]), "second officer": _session(officers[1])}
    return {
        "sessions": sessions,
        "pages": pages,
        "tasks": _tasks(author, cycle),
        "updates": Update.objects.count(),
        "versions": UpdateVersion.objects.count(),
    }


def _session(person: User) -> str:
    session = SessionStore()
    session.update({SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: BACKEND})
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    key = session.session_key
    assert key is not None
    return key


def _writer(cycle: Cycle) -> User:
    """The author of the stakeholder that has most left to say, and wants no approver."""
    silent = Assignment.objects.filter(cycle=cycle, update__isnull=True, stakeholder__needs_approval=False)
    left: dict[int, int] = {}
    for who in silent.values_list("stakeholder_id", flat=True):
        left[who] = left.get(who, 0) + 1
    return User.objects.get(appointments__stakeholder=max(left, key=lambda who: (left[who], -who)))


def _tasks(author: User, cycle: Cycle) -> list[int]:
    mine = author.appointments.values("stakeholder")
    silent = Assignment.objects.filter(cycle=cycle, stakeholder__in=mine, update__isnull=True)
    return list(silent.order_by("commitment__position").values_list("pk", flat=True))


def _public(cycle: Cycle, chance: random.Random) -> Addresses:
    before = Cycle.objects.before(cycle)[0]
    commitments = chance.sample(list(Commitment.objects.current().values_list("uid", flat=True)), VARIETY)
    codes = chance.sample(list(Stakeholder.objects.of_kind("member_state").values_list("code", flat=True)), VARIETY)
    versions = UpdateVersion.objects.published().filter(update__assignment__cycle=before).order_by("pk")
    ids = chance.sample(list(versions.values_list("pk", flat=True)), VARIETY)
    past = Cycle.for_quarter(*quarter_before(*quarter_of(timezone.now().date())))  # closed in every size
    as_of = f"?as_of={past.due_on.isoformat()}&cycle={past.key}"
    pages = {name: [_url(name)] for name in ("home", "commitments", "stakeholders", "method", "report_library")}
    pages |= {name: [_url(name, cycle.key)] for name in ("cycle", "cycle_figures")}
    pages["area"] = [_url("area", uid) for uid in Area.objects.order_by("number").values_list("uid", flat=True)]
    pages |= {name: [_url(name, uid) for uid in commitments] for name in ("commitment", "commitment_history")}
    pages["stakeholder"] = [_url("stakeholder", code) for code in codes]
    pages["version"] = [_url("version", pk) for pk in ids]
    pages["home, an earlier day"] = [_url("home") + as_of]
    pages["commitment, an earlier day"] = [_url("commitment", uid) + as_of for uid in commitments]
    pages["stakeholder, an earlier day"] = [_url("stakeholder", code) + as_of for code in codes]
    symbols = versions.filter(pk__in=ids).exclude(sources="").values_list("sources", flat=True)
    searched = {"common word": ["peacekeeping"], "symbol": list(symbols), "nothing": ["xylophone"]}
    pages |= {f"search, {what}": [f"{_url('search')}?q={w}" for w in words] for what, words in searched.items()}
    pages["feed of the site"] = [_url("home_feed")]
    pages["feed of a commitment"] = [_url("commitment_feed", uid) for uid in commitments]
    pages["feed of a stakeholder"] = [_url("stakeholder_feed", code) for code in codes]
    pages["data of commitments"] = [_url("data", "commitments", "json")]
    pages["site map"] = ["/sitemap.xml"]
    return pages | _api(cycle, commitments, codes, ids)


def _api(cycle: Cycle, commitments: list[str], codes: list[str], versions: list[int]) -> Addresses:
    """What programs ask for without an account."""
    lists = ("areas", "commitments", "stakeholders", "assignments", "publications", "reports")
    pages = {f"API, {name}": [_url(f"api_{name}")] for name in lists}
    pages["API, two cycles"] = [_url("api_cycles") + "?limit=2"]  # as many rows in every size
    pages["API, assignments of a cycle"] = [f"{_url('api_assignments')}?cycle={cycle.key}"]
    pages["API, one commitment"] = [_url("api_commitment", uid) for uid in commitments]
    pages["API, one stakeholder"] = [_url("api_stakeholder", code) for code in codes]
    pages["API, one publication"] = [_url("api_publication", pk) for pk in versions]
    return pages


def _of_author(author: User, cycle: Cycle) -> Addresses:
    mine = Assignment.objects.filter(cycle=cycle, stakeholder__in=author.appointments.values("stakeholder"))
    written = list(mine.filter(update__isnull=False).order_by("pk")[:VARIETY])
    return {
        "desk": [_url("desk")],
        "update": [_url("update", assignment.pk) for assignment in mine.order_by("pk")[:VARIETY]],
        "versions": [_url("versions", assignment.update.pk) for assignment in written],
        "own_assessments": [_url("own_assessments")],
        "API, own assignments": [_url("api_own_assignments")],
        "API, own updates": [_url("api_updates")],
        "API, one update": [_url("api_update", assignment.update.pk) for assignment in written],
    }


def _of_officer(cycle: Cycle, chance: random.Random) -> Addresses:
    waiting = Update.objects.waiting_for_review().filter(assignment__cycle=cycle).order_by("pk")
    some = chance.sample(list(waiting.values_list("pk", flat=True)), VARIETY)
    asked = Assignment.objects.filter(cycle=cycle, update__isnull=False).order_by("pk")
    return {
        "inbox": [_url("inbox")],
        "review": [_url("review", pk) for pk in some],
        "board, by area": [_url("board")],
        "board, by owner": [_url("board") + "?by=owner"],
        "board, by stakeholder": [_url("board") + "?by=stakeholder"],
        "cycle_desk": [_url("cycle_desk")],
        "assessments": [_url("assessments")],
        "assess": [_url("assess", assignment.pk) for assignment in asked[:VARIETY]],
        "compile": [_url("compile")],
        "people": [_url("people")],
        "reminders_sent": [_url("reminders_sent")],
        "API, updates": [_url("api_updates")],
        "API, assessments": [_url("api_assessments")],
    }


def _url(name: str, *arguments: object) -> str:
    return reverse(name, args=arguments)


def turn() -> Any:
    """Seconds for opening the next cycle and for closing this one, each taken back afterwards."""
    cycle = Cycle.objects.open().newest_first()[0]
    year, quarter = cycle.year + cycle.quarter // 4, cycle.quarter % 4 + 1

    def open_next() -> None:
        actions.open_cycle(cycle=actions.plan_cycle(year=year, quarter=quarter, actor=None), actor=None)

    return {
        "opening a cycle": _timed(open_next),
        "closing a cycle": _timed(lambda: actions.close_cycle(cycle=Cycle.objects.get(pk=cycle.pk), actor=None)),
    }


def compile_report() -> Any:
    """Seconds for the report of the last closed cycle: ordered, its rows frozen, and one file of them written."""
    cycle = Cycle.objects.filter(state=CycleState.CLOSED).newest_first()[0]

    closed = datetime.combine(cycle.closes_on + timedelta(days=1), datetime.min.time(), tzinfo=UTC)

    def freeze() -> None:
        report = reports.compile_report(cycle=cycle, requester=None, request_key=uuid.uuid4(), at=closed)
        frozen.append(frozen_content(report))

    def write(format: str) -> None:
        manuscript = Manuscript(frozen[-1], fingerprint(frozen[-1]))
        render(manuscript, "en", format, on_wait=lambda: None, time_limit=settings.DOCUMENT_TIME_LIMIT)

    frozen: list[str] = []
    found = {"compiling its report: the rows": _timed(freeze, times=3)}
    for format in ("csv", "html"):
        found[f"compiling its report: one file, {format}"] = _timed(partial(write, format), times=2, around=nullcontext)
    return found


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _timed(
    step: Callable[[], Any], *, times: int = TIMES, around: Callable[[], AbstractContextManager[None]] = _taken_back
) -> float:
    """The median, the first time left out."""
    taken = []
    for _time in range(times + 1):
        with around():
            began = time.perf_counter()
            step()
            taken.append(time.perf_counter() - began)
    return median(taken[1:])


STEPS = {"fill": fill, "prepare": prepare, "turn": turn, "compile": compile_report}

if __name__ == "__main__":
    assert settings.DEMONSTRATION, "the benchmark writes into a place of its own"
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))  # noqa: T201 - the answer
