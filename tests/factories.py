"""Records for tests. What has rules of its own is made through the actions, like everywhere else."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from commitments.models import Area, Commitment, CommitmentOwner, Declaration
from progress import actions
from progress.actions import NewEvidence
from progress.models import Assessment, Assignment, BulkImport, Cycle, Update, UpdateVersion
from stakeholders import actions as people
from stakeholders.languages import LANGUAGES
from stakeholders.models import (
    Appointment,
    AppointmentRole,
    Capacity,
    CapacityKind,
    Duty,
    Stakeholder,
    Token,
    TokenScope,
    User,
)

NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


def in_six(field: str, text: str) -> dict[str, str]:
    return {f"{field}_{language.column}": f"{text} ({language.code})" for language in LANGUAGES}


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.PostGeneration(lambda user, create, value: None)

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(kwargs.pop("email"), "secret-of-tests", **kwargs)


def officer(**fields: Any) -> User:
    return UserFactory(duty=Duty.OFFICER, **fields)


def stakeholder(code: str, name: str = "", *, kind: str = "member_state", **fields: Any) -> Stakeholder:
    made = Stakeholder(code=code, kind=kind, **in_six("name", name or code), **fields)
    made.full_clean()
    made.save()
    return made


def capacity(
    who: Stakeholder, kind: CapacityKind, *, since: date = date(2018, 9, 25), until: date | None = None
) -> Capacity:
    made = Capacity(stakeholder=who, kind=kind, starts_on=since, ends_on=until, source="Invented for a test")
    made.full_clean()
    made.save()
    return made


def appointment(
    person: User,
    who: Stakeholder,
    role: AppointmentRole,
    *,
    since: date = date(2026, 1, 1),
    until: date | None = None,
) -> Appointment:
    made = Appointment(person=person, stakeholder=who, role=role, starts_on=since, ends_on=until)
    made.full_clean()
    made.save()
    return made


def token(
    person: User, scope: str = TokenScope.PUBLISH, *, name: str = "A program", days: int = 30
) -> tuple[Token, str]:
    """A token that works from now on, and its secret."""
    now = timezone.now()
    return people.create_token(person=person, name=name, scope=scope, expires_at=now + timedelta(days=days), at=now)


def catalogue() -> dict[str, Commitment]:
    """Two areas and four commitments by code: collective, member states, contributors, secretariat."""
    declaration = Declaration.objects.create(
        code="test-edition",
        endorsed_on=date(2018, 9, 25),
        is_current=True,
        **in_six("title", "Declaration"),
        **in_six("edition", "Test edition"),
        **in_six("note", "A note"),
    )
    rows = [
        (1, "1.1", "collective"),
        (1, "1.2", "member_states"),
        (2, "2.1", "contributors"),
        (2, "2.2", "secretariat"),
    ]
    areas = {
        number: Area.objects.create(
            declaration=declaration,
            uid=f"test-a{number}",
            number=number,
            slug=f"area-{number}",
            **in_six("title", f"Area title {number}"),
            **in_six("short_title", f"Area {number}"),
        )
        for number in (1, 2)
    }
    made = {}
    for position, (area, code, lead) in enumerate(rows, start=1):
        commitment = Commitment.objects.create(
            area=areas[area],
            uid=f"test-c{position:03}",
            code=code,
            position=position,
            provenance="seen",
            paragraph="coll.",
            **in_six("title", f"Commitment {code}"),
            **in_six("statement", f"Statement {code}"),
        )
        CommitmentOwner.objects.create(commitment=commitment, kind=lead, is_lead=True, position=0)
        made[code] = commitment
    return made


def open_cycle(year: int = 2026, quarter: int = 4, *, at: datetime = NOON) -> Cycle:
    cycle = actions.plan_cycle(year=year, quarter=quarter, actor=None, at=at)
    actions.open_cycle(cycle=cycle, actor=None, at=at)
    return cycle


def assignment(who: Stakeholder, commitment: Commitment, cycle: Cycle) -> Assignment:
    return Assignment.objects.with_everything().get(stakeholder=who, commitment=commitment, cycle=cycle)


def content(**changes: str) -> dict[str, str]:
    words = {
        "language": "en",
        "status": "in_progress",
        "narrative": "Two units were trained and equipped.",
        "obstacles": "",
        "next_steps": "",
        "sources": "",
    }
    return words | changes


def text_file(title: str = "A list", name: str = "list.txt", *, words: str = "Two units.", **more: Any) -> NewEvidence:
    return NewEvidence(title=title, file=SimpleUploadedFile(name, words.encode()), **more)


def submitted(
    task: Assignment, author: User, *, at: datetime = NOON, evidence: NewEvidence | None = None, **words: str
) -> Update:
    version: UpdateVersion = actions.submit_update(
        assignment=task, author=author, based_on=0, at=at, evidence=evidence, **content(**words)
    )
    return version.update


def published(
    task: Assignment,
    author: User,
    dana: User,
    *,
    at: datetime = NOON,
    evidence: NewEvidence | None = None,
    **words: str,
) -> Update:
    update = submitted(task, author, at=at, evidence=evidence, **words)
    actions.accept_update(update=update, officer=dana, based_on=update.version, at=at)
    actions.publish_update(update=update, officer=dana, based_on=update.version, at=at)
    return update


def assessed(task: Assignment, officer: User, *, at: datetime = NOON, **words: str) -> Assessment:
    """An assessment that the stakeholder has been shown."""
    content = {"rating": "some", "reason": "Two of three units.", "sources": "A/72/19", "language": "en"} | words
    version = actions.save_assessment(assignment=task, officer=officer, based_on=0, at=at, **content)
    actions.show_assessment(assessment=version.assessment, officer=officer, based_on=1, at=at)
    return version.assessment


def sent_import(sender: User, content: str = "", *, data_set: str = "endorsements") -> BulkImport:
    """A small file somebody has sent, checked already; without content, one that changes nothing."""
    content = content or ",".join(actions.DATA_SETS[data_set].dataset.column_names)
    file = SimpleUploadedFile(f"{data_set}.csv", content.encode())
    sent = actions.send_file(data_set=data_set, file=file, key=uuid4(), actor=sender)
    actions.work_now_if_small(sent)
    sent.refresh_from_db()
    return sent
