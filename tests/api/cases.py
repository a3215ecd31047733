"""What both doors refuse: who asks, what was done before, each door's request, the refusal and the fields it names.

wrong      the request makes no sense or breaks a rule (400), with the fields that say so; "" is the whole of it
forbidden  seen, but not theirs to do (403)
hidden     for this person it does not exist (404)
conflict   somebody was faster, or the state forbids it (409; with a stale version 412 at the API)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from progress import actions
from progress.models import Assessment, Assignment, Update
from reports import actions as report_actions
from reports.models import Report
from stakeholders import actions as people
from stakeholders.models import Appointment
from tests import factories
from tests.api.program import tag
from tests.conftest import World

Form = tuple[str, dict[str, Any]]
Asked = tuple[str, str, Any, dict[str, str]]
WORDS = factories.content()


@dataclass(frozen=True)
class Case:
    name: str
    who: str
    prepare: Callable[[World], Any]
    page: Callable[[Any], Form]
    program: Callable[[Any], Asked]
    refusal: str
    fields: tuple[str, ...] = ()


# What was done before.


def unwritten(world: World) -> Assignment:
    return world.task("2.1")


def draft(world: World) -> Assignment:
    actions.save_draft(assignment=world.task("2.1"), author=world.alice, based_on=0, **WORDS)
    return world.task("2.1")


def saved_twice(world: World) -> Assignment:
    task = draft(world)
    actions.save_draft(assignment=task, author=world.alice, based_on=1, **factories.content(narrative="Another."))
    return world.task("2.1")


def closed(world: World) -> Assignment:
    task = draft(world)
    actions.close_cycle(cycle=world.cycle, actor=world.dana)
    return Assignment.objects.with_everything().get(pk=task.pk)


def submitted(world: World) -> Update:
    return factories.submitted(world.task("2.1"), world.alice)


def submitted_task(world: World) -> Assignment:
    submitted(world)
    return world.task("2.1")


def accepted(world: World) -> Update:
    update = submitted(world)
    actions.accept_update(update=update, officer=world.omar, based_on=1)
    return update


def of_danas_own(world: World) -> Update:
    """An officer who also writes for Alpha has written this text."""
    factories.appointment(world.dana, world.alpha, "author")
    update = factories.submitted(world.task("2.1"), world.dana)
    actions.accept_update(update=update, officer=world.omar, based_on=1)
    return update


def with_foreign_evidence(world: World) -> tuple[Assignment, int]:
    other = factories.submitted(world.task("1.1"), world.alice, evidence=factories.text_file())
    return draft(world), other.evidence.get().pk


def assessed_by_omar(world: World) -> Assessment:
    actions.save_assessment(
        assignment=world.task("2.1"), officer=world.omar, based_on=0, language="en", **ASSESSED_IN_WORDS
    )
    return Assessment.objects.get()


def shown(world: World) -> Assessment:
    return factories.assessed(world.task("2.1"), world.omar)


def shown_by_dana_and_over(world: World) -> Assessment:
    long_ago = timezone.now() - timedelta(days=30)
    return factories.assessed(world.task("2.1"), world.dana, at=long_ago)


def planned_cycle(world: World) -> World:
    actions.plan_cycle(year=2027, quarter=1, actor=world.dana)
    return world


def nothing(world: World) -> World:
    return world


def with_paula(world: World) -> World:
    who = people.NewPerson(**PERSON)
    people.appoint_by_email(who=who, stakeholder=world.alpha, role="author", actor=world.dana)
    return world


def bobs(world: World) -> Appointment:
    return world.bob.appointments.get()


def corrected(world: World) -> Report:
    report: Report = report_actions.compile_report(cycle=world.cycle, requester=world.dana, request_key=uuid4())
    report_actions.cancel_report(report=report, actor=world.dana)
    report_actions.correct_report(report=report, requester=world.dana, reason="Wrong.", request_key=uuid4())
    return report


def ordered(world: World) -> Report:
    report: Report = report_actions.compile_report(cycle=world.cycle, requester=world.dana, request_key=uuid4())
    report_actions.cancel_report(report=report, actor=world.dana)
    return report


# The requests of each door.


def save(**changes: Any) -> dict[str, Any]:
    """Saving a text that was read in the version `based_on`; a field that is None is not sent."""
    based_on = changes.pop("based_on", 0)
    words = {name: value for name, value in (WORDS | changes).items() if value is not None}
    headers = {"if_match": tag(based_on)} if based_on else {}
    return {
        "page": lambda task: (reverse("update", args=[task.pk]), words | {"based_on": str(based_on), "save": "1"}),
        "program": lambda task: ("PUT", f"assignments/{task.pk}/text", words, headers),
    }


def submit(**changes: Any) -> dict[str, Any]:
    words = WORDS | changes
    return {
        "page": lambda task: (reverse("update", args=[task.pk]), words | {"based_on": "0", "submit": "1"}),
        "program": lambda task: ("POST", f"assignments/{task.pk}/submit", words, {}),
    }


def add(**piece: Any) -> dict[str, Any]:
    """Adding a piece of evidence to the draft; a file is made anew for each door."""

    def fields() -> dict[str, Any]:
        return {name: value() if callable(value) else value for name, value in piece.items()}

    return {
        "page": lambda task: (
            reverse("update", args=[task.pk]),
            WORDS | {"based_on": "1", "save": "1"} | fields(),
        ),
        "program": lambda task: ("FORM", f"assignments/{task.pk}/evidence", fields(), {"if_match": tag(1)}),
    }


def remove_foreign() -> dict[str, Any]:
    return {
        "page": lambda both: (
            reverse("update", args=[both[0].pk]),
            WORDS | {"based_on": "1", "save": "1", "remove": str(both[1])},
        ),
        "program": lambda both: (
            "DELETE",
            f"assignments/{both[0].pk}/evidence/{both[1]}",
            None,
            {"if_match": tag(1)},
        ),
    }


def decide(verb: str, *, based_on: int = 1, **words: str) -> dict[str, Any]:
    return {
        "page": lambda update: (
            reverse("review", args=[update.pk]),
            {"decision": verb, "based_on": str(based_on)} | words,
        ),
        "program": lambda update: (
            "POST",
            f"updates/{update.pk}/{verb}",
            words or None,
            {"if_match": tag(based_on)},
        ),
    }


def say(words: str) -> dict[str, Any]:
    return {
        "page": lambda update: (reverse("comment", args=[update.pk]), {"text": words, "key": str(uuid4())}),
        "program": lambda update: ("POST", f"updates/{update.pk}/comment", {"text": words}, {}),
    }


ASSESSED_IN_WORDS = {"rating": "some", "reason": "Two of three.", "sources": "A/72/19"}


def assess(*, based_on: int = 0, **changes: str) -> dict[str, Any]:
    words = {"language": "en", **ASSESSED_IN_WORDS, **changes}
    headers = {"if_match": tag(based_on)} if based_on else {}

    def task_of(record: Any) -> int:
        return int(record.assignment_id if hasattr(record, "assignment_id") else record.pk)

    return {
        "page": lambda record: (
            reverse("assess", args=[task_of(record)]),
            words | {"based_on": str(based_on), "save": "1"},
        ),
        "program": lambda record: ("PUT", f"assignments/{task_of(record)}/assessment", words, headers),
    }


def assessment(step: str) -> dict[str, Any]:
    return {
        "page": lambda one: (reverse("assess", args=[one.assignment_id]), {step: "1", "based_on": "1"}),
        "program": lambda one: (
            "POST",
            f"assignments/{one.assignment_id}/assessment/{step}",
            None,
            {"if_match": tag(1)},
        ),
    }


def reply(words: str = "Three of three.", language: str = "en") -> dict[str, Any]:
    said = {"text": words, "language": language}
    return {
        "page": lambda one: (reverse("assessment", args=[one.assignment_id]), said | {"reply": "1", "based_on": "1"}),
        "program": lambda one: (
            "POST",
            f"assignments/{one.assignment_id}/assessment/reply",
            said,
            {"if_match": tag(1)},
        ),
    }


def plan(**fields: Any) -> dict[str, Any]:
    wanted = {"year": 2027, "quarter": 2, "scope": "everyone"} | fields
    return {
        "page": lambda _: (reverse("cycle_desk"), wanted),
        "program": lambda _: ("POST", "cycles/plan", wanted, {}),
    }


PERSON = {"email": "paula@un.example", "name": "Paula", "language": "es"}


def appoint(**fields: str) -> dict[str, Any]:
    wanted = PERSON | {"role": "author"} | fields
    return {
        "page": lambda _: (reverse("team", args=["state-alpha"]), wanted),
        "program": lambda _: ("POST", "stakeholders/state-alpha/appointments", wanted, {}),
    }


def hand_over(**fields: str) -> dict[str, Any]:
    wanted = PERSON | fields
    return {
        "page": lambda one: (reverse("hand_over", args=[one.pk]), wanted),
        "program": lambda one: ("POST", f"appointments/{one.pk}/hand-over", wanted, {}),
    }


def make_officer(**fields: str) -> dict[str, Any]:
    wanted = PERSON | fields
    return {
        "page": lambda _: (reverse("invite_officer"), wanted),
        "program": lambda _: ("POST", "people/officers", wanted, {}),
    }


def close_account(name: str) -> dict[str, Any]:
    return {
        "page": lambda world: (reverse("close_account", args=[getattr(world, name).pk]), {}),
        "program": lambda world: ("POST", f"people/{getattr(world, name).pk}/close", None, {}),
    }


def prefer(**fields: Any) -> dict[str, Any]:
    wanted = {"language": "fr", "time_zone": "UTC", "wants_digests": True} | fields
    return {
        "page": lambda _: (reverse("preferences"), wanted),
        "program": lambda _: ("PUT", "me", wanted, {}),
    }


def plan_reminders(**days: str) -> dict[str, Any]:
    return {
        "page": lambda _: (reverse("reminder_plan"), days),
        "program": lambda _: ("PATCH", "reminder-plan", days, {}),
    }


def order(**fields: str) -> dict[str, Any]:
    return {
        "page": lambda world: (
            f"{reverse('compile')}?cycle={world.cycle.key}",
            {"request_key": str(uuid4())} | fields,
        ),
        "program": lambda world: ("POST", "reports/order", {"cycle": world.cycle.key} | fields, {}),
    }


def correct(reason: str) -> dict[str, Any]:
    return {
        "page": lambda report: (
            reverse("correct", args=[report.pk]),
            {"reason": reason, "request_key": str(uuid4())},
        ),
        "program": lambda report: ("POST", f"reports/{report.pk}/correct", {"reason": reason}, {}),
    }


def program_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("run.exe", b"MZ\x90\x00")


CASES = [
    Case(
        "a save without its language", "alice", unwritten, **save(language=None), refusal="wrong", fields=("language",)
    ),
    Case(
        "a save in an unknown language",
        "alice",
        unwritten,
        **save(language="de"),
        refusal="wrong",
        fields=("language",),
    ),
    Case("a save in an unknown status", "alice", unwritten, **save(status="fine"), refusal="wrong", fields=("status",)),
    Case(
        "a text that is too long",
        "alice",
        unwritten,
        **save(narrative="x" * 10_001),
        refusal="wrong",
        fields=("narrative",),
    ),
    Case(
        "two texts that are too long",
        "alice",
        unwritten,
        **save(obstacles="x" * 5_001, next_steps="y" * 5_001),
        refusal="wrong",
        fields=("next_steps", "obstacles"),
    ),
    Case("a control character", "alice", unwritten, **save(narrative="a\x07b"), refusal="wrong", fields=("narrative",)),
    Case(
        "a text in another script than its language",
        "alice",
        unwritten,
        **save(language="ar"),
        refusal="wrong",
        fields=("language",),
    ),
    Case(
        "a submission without words and status",
        "alice",
        unwritten,
        **submit(narrative="", status=""),
        refusal="wrong",
        fields=("narrative", "status"),
    ),
    Case("a save by a reader", "bob", unwritten, **save(), refusal="forbidden"),
    Case("a save for another stakeholder", "charlie", unwritten, **save(), refusal="hidden"),
    Case("a save by an officer", "dana", unwritten, **save(), refusal="hidden"),
    Case("a save on a version that has moved on", "alice", saved_twice, **save(based_on=1), refusal="conflict"),
    Case(
        "a save while it is under review",
        "alice",
        submitted_task,
        **save(narrative="New.", based_on=1),
        refusal="conflict",
    ),
    Case("a save after the cycle was closed", "alice", closed, **save(based_on=1), refusal="wrong", fields=("",)),
    Case("a link that is none", "alice", draft, **add(link="nowhere"), refusal="wrong", fields=("link",)),
    Case("a symbol that is none", "alice", draft, **add(symbol="page seven"), refusal="wrong", fields=("symbol",)),
    Case("a file of an unknown kind", "alice", draft, **add(file=program_file), refusal="wrong", fields=("file",)),
    Case(
        "two pieces at once",
        "alice",
        draft,
        **add(link="https://un.example/", symbol="A/72/19"),
        refusal="wrong",
        fields=("symbol",),
    ),
    Case(
        "evidence for an unknown circle",
        "alice",
        draft,
        **add(symbol="A/72/19", visibility="friends"),
        refusal="wrong",
        fields=("visibility",),
    ),
    Case(
        "removing what belongs to another",
        "alice",
        with_foreign_evidence,
        **remove_foreign(),
        refusal="wrong",
        fields=("remove",),
    ),
    Case(
        "a return without its reason",
        "dana",
        submitted,
        **decide("return", reason=""),
        refusal="wrong",
        fields=("reason",),
    ),
    Case(
        "a reason that is too long",
        "dana",
        submitted,
        **decide("return", reason="x" * 2_001),
        refusal="wrong",
        fields=("reason",),
    ),
    Case("accepting twice", "dana", accepted, **decide("accept"), refusal="conflict"),
    Case("publishing what was not accepted", "dana", submitted, **decide("publish"), refusal="conflict"),
    Case(
        "accepting another version than was read", "dana", submitted, **decide("accept", based_on=7), refusal="conflict"
    ),
    Case("publishing one's own text", "dana", of_danas_own, **decide("publish"), refusal="forbidden"),
    Case(
        "withdrawing what is not public",
        "dana",
        accepted,
        **decide("withdraw", reason="Wrong."),
        refusal="wrong",
        fields=("",),
    ),
    Case("deciding as its author", "alice", submitted, **decide("accept"), refusal="hidden"),
    Case("an empty comment", "alice", submitted, **say(""), refusal="wrong", fields=("text",)),
    Case("a comment that is too long", "dana", submitted, **say("x" * 3_001), refusal="wrong", fields=("text",)),
    Case("a comment by a reader", "bob", submitted, **say("Which?"), refusal="forbidden"),
    Case("a comment by a stranger", "charlie", submitted, **say("Which?"), refusal="hidden"),
    Case("an assessment without reason", "dana", unwritten, **assess(reason=""), refusal="wrong", fields=("reason",)),
    Case("an assessment on nothing", "dana", unwritten, **assess(sources=""), refusal="wrong", fields=("sources",)),
    Case(
        "saying nothing came when something did",
        "dana",
        submitted_task,
        **assess(rating="no_information"),
        refusal="wrong",
        fields=("rating",),
    ),
    Case("an unknown rating", "dana", unwritten, **assess(rating="red"), refusal="wrong", fields=("rating",)),
    Case("an assessment by its subject", "alice", unwritten, **assess(), refusal="hidden"),
    Case("a late assessment", "dana", assessed_by_omar, **assess(based_on=7, reason="None."), refusal="conflict"),
    Case("showing what was shown", "dana", shown, **assessment("show"), refusal="conflict"),
    Case("publishing while a reply is awaited", "dana", shown, **assessment("publish"), refusal="wrong", fields=("",)),
    Case(
        "publishing one's own assessment", "dana", shown_by_dana_and_over, **assessment("publish"), refusal="forbidden"
    ),
    Case("an empty reply", "alice", shown, **reply(""), refusal="wrong", fields=("text",)),
    Case("a reply that is too long", "alice", shown, **reply("x" * 5_001), refusal="wrong", fields=("text",)),
    Case("a reply by a reader", "bob", shown, **reply(), refusal="forbidden"),
    Case("a reply by a stranger", "charlie", shown, **reply(), refusal="hidden"),
    Case("a cycle that is planned already", "dana", planned_cycle, **plan(quarter=1), refusal="wrong", fields=("",)),
    Case("a fifth quarter", "dana", nothing, **plan(quarter=5), refusal="wrong", fields=("quarter",)),
    Case("a year before the Declaration", "dana", nothing, **plan(year=1999), refusal="wrong", fields=("year",)),
    Case("planning as a focal point", "alice", nothing, **plan(), refusal="hidden"),
    Case("an address that is none", "dana", nothing, **appoint(email="paula"), refusal="wrong", fields=("email",)),
    Case("an unknown role", "dana", nothing, **appoint(role="king"), refusal="wrong", fields=("role",)),
    Case("appointing without a name", "dana", nothing, **appoint(name=""), refusal="wrong", fields=("name",)),
    Case("appointing twice", "dana", with_paula, **appoint(), refusal="wrong", fields=("",)),
    Case("appointing as an author", "alice", nothing, **appoint(), refusal="hidden"),
    Case(
        "handing over to oneself",
        "dana",
        bobs,
        **hand_over(email="bob@alpha.example"),
        refusal="wrong",
        fields=("email",),
    ),
    Case("handing over as an author", "alice", bobs, **hand_over(), refusal="hidden"),
    Case(
        "an officer twice", "dana", nothing, **make_officer(email="omar@un.example"), refusal="wrong", fields=("email",)
    ),
    Case("making oneself an officer", "alice", nothing, **make_officer(), refusal="hidden"),
    Case("closing one's own account", "dana", nothing, **close_account("dana"), refusal="forbidden"),
    Case("closing an account as a focal point", "alice", nothing, **close_account("charlie"), refusal="hidden"),
    Case(
        "an unknown time zone",
        "alice",
        nothing,
        **prefer(time_zone="Mars/Olympus"),
        refusal="wrong",
        fields=("time_zone",),
    ),
    Case("a plan that is none", "dana", nothing, **plan_reminders(hosts="soon"), refusal="wrong", fields=("hosts",)),
    Case("a report on no area", "dana", nothing, **order(scope="area"), refusal="wrong", fields=("area",)),
    Case(
        "a report on an unknown area",
        "dana",
        nothing,
        **order(scope="area", area="x"),
        refusal="wrong",
        fields=("area",),
    ),
    Case("a report of an unknown scope", "dana", nothing, **order(scope="half"), refusal="wrong", fields=("scope",)),
    Case(
        "a difference from nothing",
        "dana",
        nothing,
        **order(scope="difference"),
        refusal="wrong",
        fields=("baseline",),
    ),
    Case("ordering as a focal point", "alice", nothing, **order(scope="whole"), refusal="hidden"),
    Case("a correction without its reason", "dana", ordered, **correct(""), refusal="wrong", fields=("reason",)),
    Case("a correction of what was corrected", "dana", corrected, **correct("Again."), refusal="wrong", fields=("",)),
]
