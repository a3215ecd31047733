"""Reads across all rooms for pages: what was published, by whom, on what."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from commitments.models import Commitment
from progress.models import (
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
from stakeholders.languages import LANGUAGES, Language
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


def published() -> QuerySet[UpdateVersion]:
    return UpdateVersion.objects.published().with_everything().prefetch_related("translations")


def latest_published(*, limit: int = 6) -> QuerySet[UpdateVersion]:
    """The newest published versions, for a list that does not show their words."""
    return UpdateVersion.objects.published().with_everything().order_by("-published_at", "-pk")[:limit]


def answers_on(commitment: Commitment, language: str) -> list[PublishedUpdate]:
    """Everything published on a commitment, the newest cycle first."""
    versions = published().filter(update__assignment__commitment=commitment).prefetch_related("update__evidence")
    answers = shown(
        versions.order_by("-update__assignment__cycle__year", "-update__assignment__cycle__quarter"), language
    )
    return sorted(answers, key=lambda a: (-a.cycle.year, -a.cycle.quarter, collation_key(a.stakeholder.name, language)))


def assessments(**extent: Commitment | Stakeholder | Cycle) -> list[AssessmentVersion]:
    """Published assessments of these assignments with their replies, the newest cycle first; never counted."""
    public = AssessmentVersion.objects.published().filter(
        **{f"assessment__assignment__{name}": value for name, value in extent.items()}
    )
    return list(
        public.select_related(
            "assessment__assignment__stakeholder",
            "assessment__assignment__commitment",
            "assessment__assignment__cycle",
        )
        .prefetch_related("replies")
        .order_by("-assessment__assignment__cycle__year", "-assessment__assignment__cycle__quarter", "pk")
    )


@dataclass(frozen=True)
class Owed:
    """One assignment of a stakeholder, with its published answer if there is one."""

    assignment: Assignment
    answer: PublishedUpdate | None

    @property
    def is_expected(self) -> bool:
        return self.assignment.kind == AssignmentKind.EXPECTED


def owed_by(stakeholder: Stakeholder, cycle: Cycle, language: str) -> list[Owed]:
    assignments = (
        Assignment.objects.filter(stakeholder=stakeholder, cycle=cycle)
        .select_related("commitment__area")
        .order_by("commitment__position")
    )
    versions = published().filter(update__assignment__stakeholder=stakeholder, update__assignment__cycle=cycle)
    answers = {answer.version.update.assignment_id: answer for answer in shown(versions, language)}
    return [Owed(assignment, answers.get(assignment.pk)) for assignment in assignments]


def endorsement(stakeholder: Stakeholder, day: date) -> Standing:
    """Whether the stakeholder endorsed the Declaration; unknown where nothing is recorded."""
    known = stakeholder.capacities.filter(kind=CapacityKind.ENDORSER).on(day).first()
    return Standing(known.standing) if known else Standing.UNKNOWN


def capacities_of(stakeholder: Stakeholder) -> QuerySet[Capacity]:
    return stakeholder.capacities.exclude(kind=CapacityKind.ENDORSER).select_related("mission")


def register(language: str) -> list[tuple[str, list[Stakeholder]]]:
    """(kind's label, its stakeholders in the alphabetical order of the language), demonstration ones first."""
    everyone = sorted(
        Stakeholder.objects.all(), key=lambda s: (not s.is_demonstration, collation_key(s.name, language))
    )
    groups = [(str(label), [s for s in everyone if s.kind == kind]) for kind, label in StakeholderKind.choices]
    return [(label, members) for label, members in groups if members]


def reports_with_documents() -> QuerySet[Report]:
    related = ("cycle", "area", "stakeholder", "baseline", "supersedes", "superseded_by")
    return Report.objects.select_related(*related).prefetch_related("documents")


def newest_review() -> Report | None:
    """The newest whole review that stands and of which something can be read."""
    standing = Report.objects.filter(
        scope=Scope.WHOLE, superseded_by__isnull=True, documents__state=DocumentState.READY
    )
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


def readable_versions() -> QuerySet[UpdateVersion]:
    """Versions a page of their own may show to everyone."""
    return UpdateVersion.objects.readable().with_everything().prefetch_related("translations", "update__evidence")
