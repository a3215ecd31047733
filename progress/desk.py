"""What the focal point's desk and the review desk show: reads shaped for a page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import pgettext

from commitments.models import Area
from progress.differences import ComparedPart, compared, compared_texts
from progress.models import (
    Assessment,
    AssessmentVersion,
    Assignment,
    AssignmentKind,
    Cycle,
    Scratch,
    Update,
    UpdateState,
    UpdateVersion,
)
from progress.models.update import WITH_STAKEHOLDER
from stakeholders.models import Appointment, Stakeholder, User


@dataclass(frozen=True)
class Task:
    assignment: Assignment
    state: str  # an UpdateState, or "" where nothing has been written
    lacks: list[str] = field(default_factory=list)  # what a begun text needs before it can be submitted

    @property
    def is_open(self) -> bool:
        return self.state == "" or self.state in WITH_STAKEHOLDER

    @property
    def may_be_submitted(self) -> bool:
        """A text is there and waits for nobody else."""
        return self.state in (UpdateState.DRAFT, UpdateState.AWAITING_APPROVAL)

    @property
    def is_expected(self) -> bool:
        return self.assignment.kind == AssignmentKind.EXPECTED


@dataclass(frozen=True)
class AreaTasks:
    area: Area
    tasks: list[Task]


@dataclass(frozen=True)
class DeskOf:
    """One stakeholder's work in one cycle."""

    stakeholder: Stakeholder
    cycle: Cycle
    areas: list[AreaTasks]

    @property
    def tasks(self) -> list[Task]:
        return [task for area in self.areas for task in area.tasks]

    @property
    def drafts(self) -> int:
        return sum(task.may_be_submitted for task in self.tasks)

    @property
    def expected_open(self) -> int:
        return sum(task.is_open and task.is_expected for task in self.tasks)

    @property
    def invited_open(self) -> int:
        return sum(task.is_open and not task.is_expected for task in self.tasks)


def desks_of(user: User, *, at: datetime) -> list[DeskOf]:
    """The open cycles' work of every stakeholder this person is appointed to now; three queries."""
    assignments = (
        Assignment.objects.of_person(user, at=at)
        .filter(cycle__state="open")
        .with_everything()
        .order_by("stakeholder__code", "-cycle__year", "-cycle__quarter", "commitment__position")
    )
    grouped: dict[tuple[int, int], list[Assignment]] = {}
    for assignment in assignments:
        grouped.setdefault((assignment.stakeholder_id, assignment.cycle_id), []).append(assignment)
    lacks = _lacks_of(assignments)
    return [DeskOf(group[0].stakeholder, group[0].cycle, _by_area(group, lacks)) for group in grouped.values()]


def _lacks_of(assignments: Iterable[Assignment]) -> dict[int, list[str]]:
    """Update -> what its begun text lacks, in the words with which submitting would be refused."""
    begun = [a.update.pk for a in assignments if getattr(a, "update", None) and a.update.state in WITH_STAKEHOLDER]
    versions = UpdateVersion.objects.filter(update__in=begun, number=F("update__version"))
    found = {}
    for version in versions:
        try:
            version.clean_for_submission()
        except ValidationError as error:
            found[version.update_id] = error.messages
    return found


def _by_area(assignments: list[Assignment], lacks: dict[int, list[str]]) -> list[AreaTasks]:
    areas: dict[int, AreaTasks] = {}
    for assignment in assignments:
        area = assignment.commitment.area
        update: Update | None = getattr(assignment, "update", None)
        task = Task(assignment, update.state, lacks.get(update.pk, [])) if update else Task(assignment, "")
        areas.setdefault(area.pk, AreaTasks(area, [])).tasks.append(task)
    return list(areas.values())


def stakeholders_of(user: User, *, at: datetime) -> QuerySet[Appointment]:
    return Appointment.objects.on(at.date()).filter(person=user).select_related("stakeholder")


def scratch_of(assignment: Assignment, person: User) -> dict[str, Any] | None:
    """What this person typed here and has not saved, as the form's initial values."""
    scratch = Scratch.objects.filter(assignment=assignment, person=person).first()
    return {**scratch.content, "based_on": scratch.based_on} if scratch else None


def inbox(filters: dict[str, Any]) -> QuerySet[Update]:
    """Updates that wait for an officer, the longest waiting first, as far as the filters go."""
    waiting = (
        Update.objects.waiting_for_review()
        .select_related("assignment__cycle", "assignment__stakeholder", "assignment__commitment__area")
        .order_by("changed_at", "pk")
    )
    if cycle := filters.get("cycle"):
        waiting = waiting.filter(assignment__cycle=cycle)
    if state := filters.get("state"):
        waiting = waiting.filter(state=state)
    if area := filters.get("area"):
        waiting = waiting.filter(assignment__commitment__area=area)
    if language := filters.get("language"):
        waiting = waiting.filter(versions__number=F("version"), versions__language=language)
    if name := filters.get("q"):
        waiting = waiting.filter(assignment__stakeholder__in=Stakeholder.objects.named(name))
    return waiting


def to_assess(cycle: Cycle, filters: dict[str, Any]) -> QuerySet[Assignment]:
    """The expected answers of a cycle, with what was submitted and what the Secretariat has said about it."""
    rows = (
        Assignment.objects.filter(cycle=cycle, kind=AssignmentKind.EXPECTED)
        .select_related("cycle", "stakeholder", "commitment", "update", "assessment")
        .order_by("stakeholder__code", "commitment__position")
    )
    if name := filters.get("q"):
        rows = rows.filter(stakeholder__in=Stakeholder.objects.named(name))
    if state := filters.get("state"):
        rows = rows.filter(assessment__isnull=True) if state == "none" else rows.filter(assessment__state=state)
    submitted = Exists(UpdateVersion.objects.submitted().filter(update__assignment=OuterRef("pk")))
    if answered := filters.get("answered"):
        rows = rows.filter(submitted if answered == "yes" else ~submitted)
    return rows


def assessments_shown_to(
    person: User, cycle: Cycle | None, *, at: datetime
) -> tuple[Cycle | None, QuerySet[Assessment]]:
    """The cycle, and what the stakeholders of this person have been shown in it.

    Without a cycle the newest in which there is something; None where there never was.
    """
    theirs = Assessment.objects.of_person(person, at=at)
    if cycle is None:
        cycle = Cycle.objects.filter(pk__in=theirs.values("assignment__cycle")).newest_first().first()
    shown = theirs.filter(assignment__cycle=cycle).with_everything()
    return cycle, shown.order_by("-changed_at", "assignment__commitment__position", "pk")


def next_in_inbox(update: Update) -> Update | None:
    """The one that has waited longest apart from this one."""
    return inbox({}).exclude(pk=update.pk).first()


@dataclass(frozen=True)
class Step:
    """A version and what it changed in the one before it that the same reader may see."""

    version: UpdateVersion
    before: UpdateVersion | None

    @property
    def compared(self) -> list[ComparedPart]:
        return compared(self.version, self.before)

    @property
    def status_before(self) -> str:
        """The status it moved from; empty where it did not move."""
        return self.before.status if self.before and self.before.status != self.version.status else ""

    @property
    def status_before_label(self) -> str:
        return self.before.get_status_display() if self.before else ""


@dataclass(frozen=True)
class AssessmentStep:
    """The same for an assessment."""

    version: AssessmentVersion
    before: AssessmentVersion | None

    @property
    def compared(self) -> list[ComparedPart]:
        if self.before is None or self.before.language != self.version.language:
            return []
        headed = (
            (pgettext("decision", "Reason"), self.before.reason, self.version.reason),
            (pgettext("assessment", "Sources"), self.before.sources, self.version.sources),
        )
        return compared_texts(headed, self.version.written_in)


def assessment_steps(assessment: Assessment) -> list[AssessmentStep]:
    found = list(assessment.versions.select_related("author").order_by("-number"))
    return [AssessmentStep(version, before) for version, before in zip_longest(found, found[1:])]


def versions_readable_by(update: Update, person: User, *, at: datetime) -> QuerySet[UpdateVersion]:
    """All of them to the stakeholder's own people, to officers those that were submitted, to others none."""
    versions = update.versions.select_related("author").order_by("-number")
    if Assignment.objects.of_person(person, at=at).filter(pk=update.assignment_id).exists():
        return versions
    return versions.submitted() if person.is_officer else versions.none()


def steps_of(versions: QuerySet[UpdateVersion]) -> list[Step]:
    """The newest first; texts are compared only where they are shown."""
    found = list(versions)
    return [Step(version, before) for version, before in zip_longest(found, found[1:])]


def submitted_version(update: Update) -> UpdateVersion | None:
    """The text the Secretariat may read: the last one submitted, never a draft."""
    return update.versions.submitted().select_related("author").first()
