"""More rows than a page holds of what would take too long to make step by step. They are read, never worked on."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from commitments.models import Area, Commitment, CommitmentOwner, Declaration
from progress.models import BulkImport, Comment, Cycle, Evidence, Transition, Update, UpdateVersion
from reports.models import Document, Report
from stakeholders.models import Appointment, AppointmentRole, Capacity, CapacityKind, Stakeholder, User
from tests import factories


def parties(many: int) -> list[Stakeholder]:
    """Contributors, who are asked when a cycle opens."""
    numbers = range(many)
    made = Stakeholder.objects.bulk_create(
        Stakeholder(code=f"state-{n:02}", kind="member_state", **factories.in_six("name", f"State {n}"))
        for n in numbers
    )
    kind, since = CapacityKind.TROOP_CONTRIBUTOR, date(2018, 9, 25)
    Capacity.objects.bulk_create(
        Capacity(stakeholder=one, kind=kind, starts_on=since, source="Invented for a test") for one in made
    )
    return made


def appointments(person: User, party: list[Stakeholder]) -> None:
    role, since = AppointmentRole.AUTHOR, date(2026, 1, 1)
    Appointment.objects.bulk_create(
        Appointment(person=person, stakeholder=one, role=role, starts_on=since) for one in party
    )


def catalogue(many: int) -> None:
    """Earlier editions, areas and commitments; nobody is asked about them."""
    current = Declaration.objects.get()
    Declaration.objects.bulk_create(
        Declaration(code=f"edition-{n}", endorsed_on=current.endorsed_on, **_words("title", "edition", "note"))
        for n in range(many)
    )
    areas = Area.objects.bulk_create(
        Area(declaration=current, uid=f"area-{n}", number=n, slug=f"area-{n}", **_words("title", "short_title"))
        for n in range(10, 10 + many)
    )
    commitments = Commitment.objects.bulk_create(
        Commitment(
            area=area,
            uid=f"commitment-{area.number}",
            code="9.1",
            position=1,
            provenance="memory",
            **_words("title", "statement"),
        )
        for area in areas
    )
    CommitmentOwner.objects.bulk_create(
        CommitmentOwner(commitment=one, kind=kind, is_lead=position == 0, position=position)
        for one in commitments
        for position, kind in enumerate(("member_states", "secretariat"))
    )


def _words(*fields: str) -> dict[str, str]:
    return {column: text for field in fields for column, text in factories.in_six(field, field.title()).items()}


def cycles_with_reports(many: int, requester: User) -> None:
    """Closed cycles that are to come, each with a report that has one file."""
    cycles = [Cycle(year=2030 + n // 4, quarter=n % 4 + 1, state="closed") for n in range(many)]
    for one in cycles:
        one.opens_on = date(one.year, one.quarter * 3 - 2, 1)
        one.due_on = one.opens_on + timedelta(days=89)
        one.closes_on = one.due_on + timedelta(days=15)
    reports = Report.objects.bulk_create(
        Report(cycle=one, as_of=factories.NOON, requested_by=requester, request_key=uuid4(), software_version="0.1.0")
        for one in Cycle.objects.bulk_create(cycles)
    )
    file: dict[str, Any] = {"state": "ready", "file": "report.csv", "size": 1, "sha256": "0" * 64}
    at = factories.NOON
    Document.objects.bulk_create(
        Document(report=one, language="en", format="csv", queued_at=at, finished_at=at, **file) for one in reports
    )


def history_of(update: Update, many: int, author: User) -> None:
    """Later versions that were submitted, steps, questions and links of an update."""
    at, numbers = factories.NOON, range(100, 100 + many)
    UpdateVersion.objects.bulk_create(
        UpdateVersion(update=update, number=n, author=author, created_at=at, submitted_at=at, **factories.content())
        for n in numbers
    )
    Transition.objects.bulk_create(
        Transition(update=update, verb="submit", from_state="draft", version_number=n, actor=author, at=at)
        for n in numbers
    )
    Comment.objects.bulk_create(
        Comment(update=update, author=author, from_secretariat=False, text=f"Question {n}?", at=at, key=uuid4())
        for n in numbers
    )
    link = {"kind": "link", "language": "en", "visibility": "public", "link": "https://example.org/"}
    Evidence.objects.bulk_create(
        Evidence(update=update, title=f"Link {n}", added_by=author, added_at=at, from_version=1, **link)
        for n in numbers
    )


def imports(many: int, sender: User) -> None:
    file = {"data_set": "updates", "file_name": "updates.csv", "file_hash": "0" * 64, "size": 1, "stored_as": "0"}
    told = {"actor": sender, "door": "api", "language": "en", "state": "failed", "created_at": factories.NOON}
    BulkImport.objects.bulk_create(BulkImport(key=uuid4(), **file, **told) for _n in range(many))
