"""Generated rows pass the actions by, so they are compared with rows made by the actions from the same stories."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import models

from progress import actions
from progress.actions import NewEvidence
from progress.actions.moves import STATES_BEFORE
from progress.generated.rows import COLUMNS
from progress.generated.stories import CLOSED, CLOSED_LAST, OPEN
from progress.models import Assignment, PublishedWords, Update, UpdateVersion
from stakeholders import diary
from stakeholders.models import Appointment, DiaryEntry, User
from tests import factories

A_DAY = timedelta(days=1)
STEPS_OF_OFFICERS = {"r": actions.return_update, "a": actions.accept_update, "u": actions.publish_update}
# What an author may leave out, and what stands only for some kinds of a row.
MAY_BE_EMPTY = {"narrative", "obstacles", "next_steps", "sources", "text", "link", "symbol"}
Shape = tuple[str, ...]


@pytest.fixture
def load(settings: LazySettings, db: None) -> None:
    settings.DEMONSTRATION = True
    call_command("generate_load", cycles=1, states=20, others=6, stdout=StringIO())


def test_every_column_is_written() -> None:
    for model, columns in COLUMNS.items():
        assert set(columns.split()) == {field.attname for field in model._meta.concrete_fields}, model


def test_rows_have_the_shapes_of_those_made_by_the_actions(load: None) -> None:
    last = {model: _last(model) for model in COLUMNS}
    with diary.through_door("browser"):
        _play_everything()
    for model in COLUMNS:
        rows = model._default_manager.all()
        if model is DiaryEntry:  # the other lines were written by the actions anyway
            rows = rows.filter(subject_type__in=["progress.update", "progress.assessment"])
        generated, made = _shapes(rows.filter(pk__lte=last[model])), _shapes(rows.filter(pk__gt=last[model]))
        assert generated, model
        assert generated - made == set(), model
        assert made - generated == set(), model


def test_rows_keep_the_rules_of_their_models_and_of_each_other(load: None) -> None:
    _require_sound_rows()
    for update in Update.objects.prefetch_related("transitions", "versions"):
        _require_sound_steps(update)
    for version in UpdateVersion.objects.select_related("update__assignment__cycle"):
        cycle = version.update.assignment.cycle
        assert cycle.opens_on < version.created_at.date() <= cycle.closes_on
    lines = DiaryEntry.objects.filter(number__gte=DiaryEntry.objects.get(verb="registry.loaded").number)
    moments = list(lines.order_by("number").values_list("at", flat=True))
    assert moments == sorted(moments)


def _require_sound_rows() -> None:
    checked = 0
    for model in COLUMNS:
        for row in model._default_manager.order_by("pk")[::7]:
            row.full_clean(validate_unique=False, validate_constraints=False)
            checked += 1
    for version in UpdateVersion.objects.submitted():
        version.clean_for_submission()
    assert checked > 500


def _require_sound_steps(update: Update) -> None:
    """Each step starts from the state the one before led to, and the last one led to the state it is in."""
    steps = sorted(update.transitions.all(), key=lambda step: (step.at, step.pk))
    versions = {version.number: version for version in update.versions.all()}
    assert set(versions) == set(range(1, update.version + 1))
    assert update.changed_at == max([version.created_at for version in versions.values()] + [step.at for step in steps])
    for step in steps:
        assert step.from_state in STATES_BEFORE[step.verb]
        assert step.at >= versions[step.version_number].created_at
    newest = [step for step in steps if step.version_number == update.version]
    assert update.state == (newest[-1].state_after if newest else "draft")


def _last(model: type[models.Model]) -> int:
    newest = model._default_manager.order_by("-pk").first()
    return newest.pk if newest else 0


def _shapes(rows: models.QuerySet[Any]) -> set[Shape]:
    """What is filled in, by the situation a row is in."""
    return {_shape(row) for row in rows}


def _shape(row: models.Model) -> Shape:
    if isinstance(row, DiaryEntry):
        detail = sorted(f"{name}:{type(value).__name__}" for name, value in row.detail.items())
        return (row.verb, row.subject_type, row.door, "someone" if row.actor_id else "nobody", *detail)
    if isinstance(row, PublishedWords):
        return tuple(sorted({word.split("=")[1] for word in row.words.split() if word.startswith("=")}))
    kinds = [str(getattr(row, name)) for name in ("verb", "from_state", "kind", "state") if hasattr(row, name)]
    filled = [
        f"{field.attname}:{_told(getattr(row, field.attname))}"
        for field in row._meta.concrete_fields
        if field.attname not in MAY_BE_EMPTY
    ]
    return (*kinds, *filled)


def _told(value: object) -> str:
    return "nothing" if value is None else "empty" if value == "" else type(value).__name__


def _play_everything() -> None:
    """Each story once for a stakeholder that wants an approver and once for one that does not, with all its trimmings.

    The past cycle's stories are played in the one that is open: by then the actions take nothing for another.
    """
    free = {wants: _silent(needs_approval=wants) for wants in (False, True)}
    for story in sorted({*CLOSED, *CLOSED_LAST, *OPEN} - {""}):
        for tasks in free.values():
            _play(next(tasks), story)
    _play(next(free[False]), "wsau", evidence=NewEvidence(title="A list", link="https://generated.example/list"))
    _play(next(free[False]), "wsau", evidence=NewEvidence(title="A list", symbol="GENERATED/1", visibility="public"))
    update = _play(next(free[False]), "ws")
    dana, author = _officers()[0], _author(update.assignment)
    for person in (dana, author):
        actions.comment(update=update, author=person, text="Which units?", key=uuid4())
    published = _play(next(free[False]), "wsau").versions.get()
    others = [code for code in ("ar", "ru", "es") if code != published.language]
    for language, state in zip(others, ("draft", "signed"), strict=False):
        with diary.through_door("command"):
            actions.record_translation(version=published, language=language, state=state, narrative="Words")
    for reply in ("", "We agree."):
        _assess(next(free[False]), reply)


def _silent(*, needs_approval: bool) -> Iterator[Assignment]:
    waiting = Assignment.objects.with_everything().filter(
        update__isnull=True, cycle__state="open", stakeholder__needs_approval=needs_approval
    )
    return iter(list(waiting.order_by("pk")))


def _officers() -> list[User]:
    return list(User.objects.filter(duty="officer").order_by("pk"))


def _author(task: Assignment, role: str = "author") -> User:
    return Appointment.objects.get(stakeholder=task.stakeholder, role=role).person


def _play(task: Assignment, story: str, *, evidence: NewEvidence | None = None) -> Update:
    """The story by the actions, step by step."""
    author, (dana, omar, *_others) = _author(task), _officers()
    at, number, update = factories.NOON, 0, None
    for step in story:
        at += timedelta(minutes=5)
        if step == "w":
            words = factories.content(language=author.language, narrative=f"{number}")
            update = actions.save_draft(
                assignment=task, author=author, based_on=number, at=at, evidence=evidence, **words
            ).update
            number += 1
        elif step == "s":
            update = _submit(task, author, number, at)
        elif step == "x":
            assert update is not None
            actions.withdraw_update(update=update, officer=dana, reason="Wrong.", at=at)
        else:
            assert update is not None
            more = {"reason": "Why?"} if step == "r" else {}
            STEPS_OF_OFFICERS[step](
                update=update, officer=omar if step == "u" else dana, based_on=number, at=at, **more
            )
    assert update is not None
    return update


def _submit(task: Assignment, author: User, number: int, at: datetime) -> Update:
    words = factories.content(language=author.language, narrative=f"{number - 1}")
    update = actions.submit_update(assignment=task, author=author, based_on=number, at=at, **words).update
    if task.stakeholder.needs_approval:
        actions.approve_update(update=update, approver=_author(task, "approver"), based_on=number, at=at)
    return update


def _assess(task: Assignment, reply: str) -> None:
    dana, omar, *_others = _officers()
    words = {"rating": "some", "reason": "Two of three.", "sources": "GENERATED/2", "language": "en"}
    version = actions.save_assessment(assignment=task, officer=dana, based_on=0, at=factories.NOON, **words)
    assessment = version.assessment
    actions.show_assessment(assessment=assessment, officer=dana, based_on=1, at=factories.NOON)
    if reply:
        author = _author(task)
        actions.reply_to_assessment(
            assessment=assessment, person=author, based_on=1, text=reply, language="en", at=factories.NOON
        )
    actions.publish_assessment(assessment=assessment, officer=omar, based_on=1, at=factories.NOON + 20 * A_DAY)
