"""Reads across all rooms for pages: what was published, by whom, on what."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from commitments.models import Commitment, CommitmentOwner
from progress.models import (
    AssessmentReply,
    AssessmentVersion,
    Assignment,
    AssignmentKind,
    Cycle,
    TranslationState,
    UpdateTranslation,
    UpdateVersion,
)
from progress.texts import ShownText, shown_text
from reports.models import DocumentState, Report, Scope
from stakeholders.collation import collation_key
from stakeholders.folding import terms_of, words_of
from stakeholders.languages import LANGUAGES, Language, in_all_languages
from stakeholders.models import Capacity, CapacityKind, Stakeholder, StakeholderKind, Standing


@dataclass(frozen=True)
class PublishedUpdate:
    """A published version as a reader of one language sees it."""

    version: UpdateVersion
    text: ShownText

    @property
    def stakeholder(self) -> Stakeholder:
        return self.version.update.assignment.stakeholder

    @property
    def commitment(self) -> Commitment:
        return self.version.update.assignment.commitment

    @property
    def cycle(self) -> Cycle:
        return self.version.update.assignment.cycle


def shown(versions: Iterable[UpdateVersion], language: str) -> list[PublishedUpdate]:
    return [PublishedUpdate(version, shown_text(version, language)) for version in versions]


def published_with_words() -> QuerySet[UpdateVersion]:
    return UpdateVersion.objects.published().with_everything().prefetch_related("translations")


def latest_published(as_of: datetime | None = None, *, limit: int = 6) -> QuerySet[UpdateVersion]:
    """The newest published versions, for a list that does not show their words."""
    return UpdateVersion.objects.readable_at(as_of).with_everything().order_by("-published_at", "-pk")[:limit]


def answers_on(
    commitment: Commitment, cycle: Cycle, as_of: datetime | None, language: Language
) -> QuerySet[UpdateVersion]:
    """What is published on a commitment in a cycle, by the names of those who say it, as the database sorts them."""
    versions = UpdateVersion.objects.readable_at(as_of).filter(
        update__assignment__commitment=commitment, update__assignment__cycle=cycle
    )
    by_name = versions.order_by(f"update__assignment__stakeholder__name_{language.column}", "pk")
    return by_name.with_everything().prefetch_related("translations", "update__evidence")


def owners_of(uid: str) -> list[CommitmentOwner]:
    """The owners of a commitment, each with the commitment, its area and edition; none when there is no such one."""
    owners = CommitmentOwner.objects.filter(commitment__uid=uid)
    return list(owners.select_related("commitment__area__declaration"))


def said_by(stakeholder: Stakeholder, cycle: Cycle, as_of: datetime | None) -> dict[int, UpdateVersion]:
    """Assignment's key -> the public version of a stakeholder's answer in a cycle, without its words' translations."""
    versions = UpdateVersion.objects.published(as_of).filter(
        update__assignment__stakeholder=stakeholder, update__assignment__cycle=cycle
    )
    return {version.update.assignment_id: version for version in versions.select_related("update")}


def ever_public(commitment: Commitment, as_of: datetime | None) -> QuerySet[UpdateVersion]:
    """Every version that came before the public by then, the newest first."""
    versions = UpdateVersion.objects.ever_published().filter(update__assignment__commitment=commitment)
    if as_of:
        versions = versions.filter(published_at__lte=as_of)
    return versions.with_everything().order_by("-published_at", "-pk")


@dataclass(frozen=True)
class Event:
    """A version that came before the public; `left_at` is when it went, if that had happened by then."""

    version: UpdateVersion
    left_at: datetime | None
    is_readable: bool

    @classmethod
    def of(cls, version: UpdateVersion, as_of: datetime | None, *, is_readable: bool) -> "Event":
        left = version.unpublished_at
        return cls(version, None if as_of and left and left > as_of else left, is_readable)


def assessments(
    as_of: datetime | None = None, **extent: Commitment | Stakeholder | Cycle | None
) -> list[AssessmentVersion]:
    """Published assessments of these assignments with their replies, the newest cycle first; never counted."""
    public = AssessmentVersion.objects.readable_at(as_of).filter(
        **{f"assessment__assignment__{name}": value for name, value in extent.items() if value}
    )
    replies = AssessmentReply.objects.filter(at__lte=as_of) if as_of else AssessmentReply.objects.all()
    return list(
        public.select_related(
            "assessment__assignment__stakeholder",
            "assessment__assignment__commitment",
            "assessment__assignment__cycle",
        )
        .prefetch_related(Prefetch("replies", replies))
        .order_by("-assessment__assignment__cycle__year", "-assessment__assignment__cycle__quarter", "pk")
    )


@dataclass(frozen=True)
class Owed:
    """One assignment of a stakeholder, its published answer if there is one, and whether that may be read still."""

    assignment: Assignment
    answer: UpdateVersion | None
    is_readable: bool

    @property
    def is_expected(self) -> bool:
        return self.assignment.kind == AssignmentKind.EXPECTED


def owed_by(stakeholder: Stakeholder, cycle: Cycle, as_of: datetime | None) -> list[Owed]:
    assignments = (
        Assignment.objects.filter(stakeholder=stakeholder, cycle=cycle)
        .select_related("commitment__area")
        .order_by("commitment__position")
    )
    answers = said_by(stakeholder, cycle, as_of)
    ids = {version.pk for version in answers.values()}
    readable = readable_among(ids) if as_of else ids
    found = [(assignment, answers.get(assignment.pk)) for assignment in assignments]
    return [Owed(assignment, answer, answer is not None and answer.pk in readable) for assignment, answer in found]


def standing_of(stakeholder: Stakeholder, day: date) -> tuple[Standing, list[Capacity]]:
    """Whether it had endorsed the Declaration by that day (unknown where nothing is recorded), and what else it was.

    Capacities that had ended are there with their dates; those that had not begun are not.
    """
    recorded = list(stakeholder.capacities.filter(starts_on__lte=day).select_related("mission"))
    endorsed = [c for c in recorded if c.kind == CapacityKind.ENDORSER and (c.ends_on is None or c.ends_on >= day)]
    others = [capacity for capacity in recorded if capacity.kind != CapacityKind.ENDORSER]
    return (Standing(endorsed[0].standing) if endorsed else Standing.UNKNOWN), others


def register(language: str, day: date, filters: Mapping[str, str]) -> list[tuple[str, list[Stakeholder]]]:
    """(kind's label, its stakeholders in the alphabetical order of the language), demonstration ones first.

    `filters` may narrow by name, kind, regional group, and by a capacity held on that day.
    """
    found = Stakeholder.objects.all()
    if kind := filters.get("kind"):
        found = found.of_kind(kind)
    if group := filters.get("group"):
        found = found.filter(regional_group=group)
    if capacity := filters.get("capacity"):
        held = Capacity.objects.on(day).held().filter(kind=capacity)
        found = found.filter(pk__in=held.values("stakeholder"))
    terms = terms_of(filters.get("name", ""))
    called = [who for who in found if all(term.is_in(_names_of(who)) for term in terms)]
    everyone = sorted(called, key=lambda s: (not s.is_demonstration, collation_key(s.name, language)))
    groups = [(str(label), [s for s in everyone if s.kind == kind]) for kind, label in StakeholderKind.choices]
    return [(label, members) for label, members in groups if members]


def _names_of(who: Stakeholder) -> str:
    """Its names in all languages, folded as search folds them, parted and surrounded by spaces."""
    names = [text for field in ("name", "formal_name", "acronym") for text in in_all_languages(who, field).values()]
    return f" {' '.join(words_of(who.code, *names))} "


def reports_with_documents(as_of: datetime | None = None) -> QuerySet[Report]:
    """Reports; those ordered by that instant."""
    related = ("cycle", "area", "stakeholder", "baseline", "supersedes", "superseded_by")
    reports = Report.objects.filter(as_of__lte=as_of) if as_of else Report.objects.all()
    return reports.select_related(*related).prefetch_related("documents")


def newest_review(as_of: datetime | None = None) -> Report | None:
    """The newest whole review that stands and of which something can be read; made by that instant."""
    superseded = Q(superseded_by__isnull=False, superseded_by__as_of__lte=as_of or timezone.now())
    standing = Report.objects.filter(scope=Scope.WHOLE, documents__state=DocumentState.READY).exclude(superseded)
    if as_of:
        standing = standing.filter(as_of__lte=as_of)
    return standing.select_related("cycle").distinct().first()


@dataclass(frozen=True)
class Readiness:
    """How much of a cycle's published text one language has."""

    language: Language
    written: int = 0
    signed: int = 0
    unsigned: int = 0
    missing: int = 0


def readiness_of(cycle: Cycle) -> list[Readiness]:
    """What a report compiled now would find in each language: two grouped queries."""
    versions = UpdateVersion.objects.published().filter(update__assignment__cycle=cycle)
    written = Counter(dict(versions.values_list("language").annotate(Count("pk")).order_by()))
    translations = UpdateTranslation.objects.filter(version__in=versions)
    counted = translations.values_list("language", "state").annotate(n=Count("pk")).order_by()
    states = Counter({(language, state): n for language, state, n in counted})
    ready = []
    for language in LANGUAGES:
        code, signed = language.code, states[language.code, TranslationState.SIGNED]
        unsigned = states[code, TranslationState.DRAFT] + states[code, TranslationState.MACHINE]
        missing = written.total() - written[code] - signed - unsigned
        ready.append(Readiness(language, written[code], signed, unsigned, missing))
    return ready


def readable_among(versions: Iterable[int]) -> set[int]:
    """Which of these versions have a page that everyone may read."""
    return set(UpdateVersion.objects.readable().filter(pk__in=list(versions)).values_list("pk", flat=True))


def readable_versions() -> QuerySet[UpdateVersion]:
    """Versions a page of their own may show to everyone."""
    return UpdateVersion.objects.readable().with_everything().prefetch_related("translations", "update__evidence")
