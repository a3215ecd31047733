"""Who may do what with an update in which state: the table of operations.py, tried cell by cell at both doors.

An answer alone proves nothing, so the rows of every room are compared before and after: only `y` may change them.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import serializers
from django.db import transaction
from django.test import Client
from django.urls import reverse

from progress import actions
from progress.models import Assignment
from stakeholders.actions import end_appointment
from stakeholders.models import AppointmentRole, Stakeholder, User
from tests import factories
from tests.api.program import program_of, tag
from tests.conftest import World, signed_in
from tests.house.operations import DONE_BY, OPERATIONS, PAGES_DONE_BY, ROLES, STATES
from tests.house.routes import LINES

TAKES = {200: "-", 302: "-", 204: "-", 400: "0", 403: "3", 404: "4", 409: "9"}
# Refusals are noted, what a person types is theirs, and so are their tokens, which say when they were used.
WRITTEN_BY_THE_WAY = {"DiaryEntry", "Mail", "Scratch", "Token"}


def rows() -> str:
    rooms = ("stakeholders", "commitments", "progress", "reports")
    models = [
        m for room in rooms for m in apps.get_app_config(room).get_models() if m.__name__ not in WRITTEN_BY_THE_WAY
    ]
    found = [row for model in models for row in model._default_manager.order_by("pk")]
    return serializers.serialize("json", [row for row in found if not isinstance(row, User)])


def bring_to(state: str, world: World) -> Assignment:
    """The update of Alpha on 2.1, taken to a state by those whose steps they are."""
    task = world.task("2.1")
    words: dict[str, Any] = factories.content()
    if state == "none":
        return task
    if state == "awaiting":
        Stakeholder.objects.filter(pk=world.alpha.pk).update(needs_approval=True)
        task = world.task("2.1")
    write = actions.save_draft if state == "draft" else actions.submit_update
    update = write(assignment=task, author=world.alice, based_on=0, **words).update
    if state == "returned":
        actions.return_update(update=update, officer=world.dana, based_on=1, reason="Why?")
    if state in ("accepted", "published", "withdrawn"):
        actions.accept_update(update=update, officer=world.dana, based_on=1)
    if state in ("published", "withdrawn"):
        actions.publish_update(update=update, officer=world.omar, based_on=1)
    if state == "withdrawn":
        actions.withdraw_update(update=update, officer=world.omar, reason="Wrong.")
    return world.task("2.1")


def request_of(operation: str, task: Assignment) -> tuple[str, dict[str, Any]]:
    """Address and fields of an operation, on the version that stands."""
    update = getattr(task, "update", None)
    version, pk = (str(update.version), update.pk) if update else ("0", 999_999)
    text = factories.content(based_on=version, narrative="Other words than before.")
    desk, review = reverse("update", args=[task.pk]), reverse("review", args=[pk])
    decision = {"based_on": version, "reason": "A reason."}
    approval = reverse("approve", args=[task.pk])
    return {
        "save": (desk, text | {"save": "1"}),
        "submit": (desk, text | {"submit": "1"}),
        "approve": (approval, decision | {"approve": "1"}),
        "send_back": (approval, decision | {"send_back": "1"}),
        "comment": (reverse("comment", args=[pk]), {"text": "Which units?", "key": str(uuid4())}),
        "return": (review, decision | {"decision": "return"}),
        "accept": (review, decision | {"decision": "accept"}),
        "publish": (review, decision | {"decision": "publish"}),
        "withdraw": (review, decision | {"decision": "withdraw"}),
    }[operation]


@pytest.fixture
def people(world: World) -> dict[str, User | None]:
    found: dict[str, User | None] = {"nobody": None, "author": world.alice, "reader": world.bob}
    found |= {"stranger": world.charlie, "officer": world.dana}
    for name, role in (("deputy", AppointmentRole.DEPUTY), ("approver", AppointmentRole.APPROVER)):
        person: User = factories.UserFactory(name=name)
        factories.appointment(person, world.alpha, role)
        found[name] = person
    former: User = factories.UserFactory(name="former")
    over = factories.appointment(former, world.alpha, AppointmentRole.AUTHOR)
    end_appointment(appointment=over, actor=world.dana)
    return found | {"former": former}


def sent_by(operation: str, task: Assignment) -> tuple[str, str, Any, dict[str, str]]:
    """Method, path, body and headers of an operation at the API, on the version that stands."""
    update = getattr(task, "update", None)
    version, pk = (update.version, update.pk) if update else (0, 999_999)
    headers = {"if_match": tag(version)} if version else {}
    desk, review = f"assignments/{task.pk}", f"updates/{pk}"
    text, reason = factories.content(narrative="Other words than before."), {"reason": "A reason."}
    return {
        "save": ("PUT", f"{desk}/text", text, headers),
        "submit": ("POST", f"{desk}/submit", text, headers),
        "approve": ("POST", f"{desk}/approve", None, headers),
        "send_back": ("POST", f"{desk}/send-back", reason, headers),
        "comment": ("POST", f"{review}/comment", {"text": "Which units?"}, {}),
        "return": ("POST", f"{review}/return", reason, headers),
        "accept": ("POST", f"{review}/accept", None, headers),
        "publish": ("POST", f"{review}/publish", None, headers),
        "withdraw": ("POST", f"{review}/withdraw", reason, headers),
    }[operation]


# What a page answers politely the API refuses in so many words; neither changes anything.
SAID = {200: "y", 201: "y", 400: "0", 401: "L", 403: "3", 404: "4", 409: "9"}


def answer_to_program(person: User | None, operation: str, task: Assignment, before: str) -> str:
    program = program_of(person)
    method, path, body, headers = sent_by(operation, task)
    answer = program.ask(method, path, body, **headers)
    said = SAID[answer.status_code]
    return said if (rows() != before) == (said == "y") else f"changed with {answer.status_code}"


def answer_to(person: User | None, operation: str, task: Assignment, before: str) -> str:
    client = signed_in(person) if person else Client()
    url, fields = request_of(operation, task)
    post: Callable[..., Any] = client.post
    answer = post(url, fields)
    to_sign_in = answer.status_code == 302 and "/login/" in answer["Location"]
    said = "L" if to_sign_in else TAKES[answer.status_code]
    return said if rows() == before else ("y" if said == "-" else f"changed with {answer.status_code}")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("door", ["page", "API"])
def test_the_table_holds(world: World, people: dict[str, User | None], state: str, door: str) -> None:
    ask = answer_to if door == "page" else answer_to_program
    task = bring_to(state, world)
    before, wrong = rows(), []
    for operation, table in OPERATIONS.items():
        for role in ROLES:
            with transaction.atomic():
                found = ask(people[role], operation, task, before)
                transaction.set_rollback(True)
            wanted = table[role][state]
            if door == "API" and wanted == "-":
                wanted = "9"
            if found != wanted:
                wrong.append(f"{operation}, {role}, {state}: {found}, and the table says {wanted}")
    assert wrong == []


def test_programs_reach_every_operation() -> None:
    offered = {f"{method} {name}" for name, method, *_answers in LINES if name.startswith("api_")}
    assert set(DONE_BY) == set(OPERATIONS)
    assert set(DONE_BY.values()) <= offered
    assert {deed for deeds in PAGES_DONE_BY.values() for deed in deeds} <= offered


def test_every_form_of_a_page_has_its_way_for_programs_or_says_why_not() -> None:
    forms = {name for name, method, *_answers in LINES if method == "POST" and not name.startswith("api_")}
    assert set(PAGES_DONE_BY) == forms
