"""Reads over cycles, assignments and updates that join, count or rank."""

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from commitments.models import OwnerKind
from progress.models import (
    Assessment,
    AssessmentVersion,
    Assignment,
    Cycle,
    CycleScope,
    CycleState,
    Evidence,
    Update,
    UpdateState,
    UpdateVersion,
    Visibility,
)
from progress.models.evidence import EvidenceQuerySet
from stakeholders.models import Appointment, Capacity, CapacityKind, Stakeholder, StakeholderKind, User
from stakeholders.policies import Visitor, is_officer

LAST_VERSION = 2**31 - 1
MOST_TABS = 4
CAPACITIES_OF = {
    OwnerKind.SECRETARIAT: (CapacityKind.SECRETARIAT_LEAD,),
    OwnerKind.SECURITY_COUNCIL: (CapacityKind.COUNCIL_MEMBER,),
    OwnerKind.CONTRIBUTORS: (CapacityKind.TROOP_CONTRIBUTOR, CapacityKind.POLICE_CONTRIBUTOR),
    OwnerKind.HOSTS: (CapacityKind.HOST,),
}


def stakeholders_by_owner_kind(day: date, *, scope: str = CycleScope.EVERYONE) -> dict[str, set[int]]:
    """Owner kind -> ids of the active stakeholders that are of that kind on that day.

    Collective commitments invite the Member States, the endorsing organizations and whoever answers for
    the Secretariat. With the scope "secretariat" nobody else is in any of the sets.
    """
    held = Capacity.objects.on(day).held().filter(stakeholder__is_active=True)
    having: dict[str, set[int]] = {}
    for pk, kind in held.values_list("stakeholder_id", "kind"):
        having.setdefault(kind, set()).add(pk)
    active = Stakeholder.objects.active()
    states = set(active.of_kind(StakeholderKind.MEMBER_STATE).values_list("pk", flat=True))
    organizations = set(active.of_kind(StakeholderKind.ORGANIZATION).values_list("pk", flat=True))
    who: dict[str, set[int]] = {
        kind: set().union(*(having.get(capacity, set()) for capacity in capacities))
        for kind, capacities in CAPACITIES_OF.items()
    }
    endorsing = organizations & having.get(CapacityKind.ENDORSER, set())
    who[OwnerKind.MEMBER_STATES] = states
    who[OwnerKind.COLLECTIVE] = states | endorsing | who[OwnerKind.SECRETARIAT]
    if scope == CycleScope.SECRETARIAT:
        return {kind: ids & who[OwnerKind.SECRETARIAT] for kind, ids in who.items()}
    return who


def last_public_text(assignment: Assignment) -> UpdateVersion | None:
    """What the same stakeholder last published on the same commitment in an earlier cycle."""
    cycle = assignment.cycle
    earlier = Q(update__assignment__cycle__year__lt=cycle.year) | Q(
        update__assignment__cycle__year=cycle.year, update__assignment__cycle__quarter__lt=cycle.quarter
    )
    return (
        UpdateVersion.objects.published()
        .filter(
            earlier,
            update__assignment__stakeholder=assignment.stakeholder_id,
            update__assignment__commitment=assignment.commitment_id,
        )
        .with_everything()
        .order_by("-update__assignment__cycle__year", "-update__assignment__cycle__quarter")
        .first()
    )


def evidence_readable_by(visitor: Visitor, *, at: datetime) -> EvidenceQuerySet:
    """Everyone: public evidence of versions they may read. A stakeholder's own people: all of it.

    Officers: what belongs to a version that was submitted, never to drafts alone.
    """
    versions = UpdateVersion.objects.filter(
        Q(number__lt=Coalesce(OuterRef("until_version"), LAST_VERSION)),
        update=OuterRef("update"),
        number__gte=OuterRef("from_version"),
    )
    may = Q(Exists(versions.readable()), visibility=Visibility.PUBLIC)
    if isinstance(visitor, User):
        theirs = Appointment.objects.on(at.date()).filter(person=visitor).values("stakeholder")
        may |= Q(update__assignment__stakeholder__in=theirs)
    if is_officer(visitor):
        may |= Q(Exists(versions.submitted()))
    return Evidence.objects.filter(may)


def is_for_everyone(evidence: Evidence, *, at: datetime) -> bool:
    """Whether somebody without an account may read it."""
    return evidence_readable_by(AnonymousUser(), at=at).filter(pk=evidence.pk).exists()


def current_cycle() -> Cycle | None:
    """The newest open cycle, else the newest that has begun."""
    return newest_of(Cycle.objects.begun().newest_first())


def chosen_of(begun: list[Cycle], key: str | None) -> Cycle | None:
    """The cycle an address names, else the current one; None when it names none of these."""
    return named(begun, key) if key else newest_of(begun)


def named(cycles: Iterable[Cycle], key: str | None) -> Cycle | None:
    """The cycle of this name among these."""
    return next((cycle for cycle in cycles if cycle.key == key), None)


def newest_of(begun: Iterable[Cycle]) -> Cycle | None:
    """The same among cycles that have begun, the newest first."""
    cycles = list(begun)
    return next((cycle for cycle in cycles if cycle.state == CycleState.OPEN), cycles[0] if cycles else None)


def newest_with(begun: list[Cycle], cycle: Cycle | None) -> list[Cycle]:
    """The newest few of these and that one, for tabs; the rest is a list's to offer."""
    newest = begun[:MOST_TABS]
    return [*newest[:-1], cycle] if cycle and cycle not in newest else newest


def open_work_of(stakeholder: Stakeholder) -> QuerySet[Update]:
    """Texts its people have begun or got back, in cycles that are open."""
    return (
        Update.objects.filter(state__in=[UpdateState.DRAFT, UpdateState.RETURNED])
        .filter(assignment__stakeholder=stakeholder, assignment__cycle__state=CycleState.OPEN)
        .select_related("assignment__commitment")
        .order_by("assignment__commitment__position")
    )


def spoken_for_by(person: User, *, at: datetime) -> list[int]:
    """Ids of the stakeholders this person is appointed to now.

    For lists by pages: only when told the stakeholder itself does the database read a page of its rows and no more.
    """
    mine = Appointment.objects.on(at.date()).filter(person=person)
    return list(mine.order_by("stakeholder").values_list("stakeholder", flat=True).distinct())


def assignments_of(person: User, *, at: datetime) -> QuerySet[Assignment]:
    """What the stakeholders that this person is appointed to now were ever asked."""
    return Assignment.objects.filter(stakeholder__in=spoken_for_by(person, at=at)).with_everything()


def updates_seen_by(person: User, *, at: datetime) -> QuerySet[Update]:
    """Those of the stakeholders this person is appointed to now; to officers also all that were ever submitted."""
    may = Q(assignment__stakeholder__in=spoken_for_by(person, at=at))
    if is_officer(person):
        may |= Q(Exists(UpdateVersion.objects.submitted().filter(update=OuterRef("pk"))))
    related = ("assignment__cycle", "assignment__stakeholder", "assignment__commitment")
    return Update.objects.filter(may).select_related(*related)


def assessments_seen_by(person: User, *, at: datetime) -> QuerySet[Assessment]:
    """All of them to officers; to others those that a stakeholder of theirs has been shown."""
    found = Assessment.objects.all() if is_officer(person) else Assessment.objects.of_person(person, at=at)
    return found.with_everything()


def assessment_versions_readable_by(person: User, assessment: Assessment) -> QuerySet[AssessmentVersion]:
    """The newest first, with the replies; to a stakeholder only what it was shown."""
    versions = assessment.versions.prefetch_related("replies").order_by("-number")
    return versions if is_officer(person) else versions.filter(shown_at__isnull=False)
