"""The frozen rows of a report: a cycle, or a part of it, as the public saw it at one instant, in no language.

Every word is taken from published versions, so the same instant gives the same bytes at any later time,
as long as the catalogue and the registry keep their words; that is why the content is stored.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from commitments.models import Area, Commitment
from progress.models import Assignment, Cycle, UpdateTranslation, UpdateVersion
from reports.collecting import without_collecting
from reports.models import Report, Scope
from reports.overview import cycles_until, history_of, totals_by_cycle
from stakeholders.languages import in_all_languages
from stakeholders.models import Stakeholder

SCHEMA = 2


@without_collecting
def take_snapshot(report: Report) -> str:
    """The report's rows as canonical JSON: about fifteen queries, whatever the number of updates."""
    assignments = _asked(report, report.cycle)
    before = _asked(report, report.baseline) if report.baseline else []
    commitments = _commitments([*assignments, *before], report)
    stakeholders = Stakeholder.objects.in_bulk({a.stakeholder_id for a in [*assignments, *before]})
    declaration = commitments[0].area.declaration if commitments else None
    listing = _Listing(commitments, stakeholders)
    content = {
        "schema": SCHEMA,
        "as_of": report.as_of.isoformat(),
        "software_version": settings.VERSION,
        "site": settings.SITE_ADDRESS,
        "report_id": str(report.pk),
        "demonstration": report.is_demonstration,
        "scope": _scope(report),
        "supersedes": _superseded(report),
        "cycle": _cycle(report.cycle),
        "baseline": _cycle(report.baseline) if report.baseline else None,
        "history": _history(report),
        "declaration": {
            "code": declaration.code if declaration else "",
            "title": in_all_languages(declaration, "title") if declaration else {},
            "note": in_all_languages(declaration, "note") if declaration else {},
        },
        "areas": [_area(area) for area in _areas(commitments)],
        "commitments": [_commitment(commitment) for commitment in commitments],
        "stakeholders": [_stakeholder(s) for s in sorted(stakeholders.values(), key=lambda s: s.code)],
        "assignments": listing.rows(assignments, _answers(report, report.cycle)),
        "before": listing.rows(before, _answers(report, report.baseline)) if report.baseline else [],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def assignments_of(report: Report, cycle: Cycle) -> QuerySet[Assignment]:
    """What was asked in a cycle, as far as the report's scope goes."""
    return Assignment.objects.filter(cycle=cycle, **within(report))


def within(report: Report) -> dict[str, object]:
    """The report's scope as a filter on assignments."""
    if report.scope == Scope.AREA:
        return {"commitment__area": report.area_id}
    if report.scope == Scope.DOSSIER:
        return {"stakeholder": report.stakeholder_id}
    return {}


class Asked(NamedTuple):
    """An assignment as a plain row: thousands of them need no objects."""

    pk: int
    commitment_id: int
    stakeholder_id: int
    kind: str
    asked_on: date


def _asked(report: Report, cycle: Cycle) -> list[Asked]:
    rows = assignments_of(report, cycle).order_by("pk").values_list(*Asked._fields)
    return [Asked(*row) for row in rows]


class _Listing:
    """Assignments as rows in the order of the commitments, then of the stakeholders' codes."""

    def __init__(self, commitments: list[Commitment], stakeholders: dict[int, Stakeholder]) -> None:
        self.uids = {commitment.pk: commitment.uid for commitment in commitments}
        self.position = {commitment.pk: n for n, commitment in enumerate(commitments)}
        self.codes = {pk: stakeholder.code for pk, stakeholder in stakeholders.items()}

    def rows(self, assignments: list[Asked], answers: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
        assignments.sort(key=lambda a: (self.position[a.commitment_id], self.codes[a.stakeholder_id]))
        return [
            {
                "commitment": self.uids[assignment.commitment_id],
                "stakeholder": self.codes[assignment.stakeholder_id],
                "kind": assignment.kind,
                "asked_on": assignment.asked_on.isoformat(),
                "update": answers.get(assignment.pk),
            }
            for assignment in assignments
        ]


def fingerprint(content: str) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def _commitments(assignments: Iterable[Asked], report: Report) -> list[Commitment]:
    """The whole edition that was asked about; of a part of it, the commitments of that part."""
    asked = {assignment.commitment_id for assignment in assignments}
    if report.scope in (Scope.AREA, Scope.DOSSIER):
        chosen = Commitment.objects.filter(pk__in=asked)
    else:
        editions = Area.objects.filter(commitments__in=asked).values("declaration")
        chosen = Commitment.objects.filter(area__declaration__in=editions)
    rows = chosen.select_related("area__declaration").prefetch_related("owners")
    return list(rows.order_by("area__declaration__endorsed_on", "area__declaration", "area__number", "position"))


def _scope(report: Report) -> dict[str, Any]:
    return {
        "kind": report.scope,
        "area": report.area.uid if report.area else None,
        "stakeholder": report.stakeholder.code if report.stakeholder else None,
    }


def _superseded(report: Report) -> dict[str, str] | None:
    if report.supersedes is None:
        return None
    return {"as_of": report.supersedes.as_of.isoformat(), "reason": report.reason}


def _history(report: Report) -> list[dict[str, Any]]:
    """Expected answers of this cycle and of those before it that asked everyone, the oldest first."""
    cycles = cycles_until(report.cycle, Cycle.objects.before(report.cycle))
    if report.scope == Scope.DOSSIER:
        totals = totals_by_cycle(cycles, as_of=report.as_of, **within(report))
    else:
        part = list(report.area.commitments.values_list("pk", flat=True)) if report.area else None
        totals = history_of(cycles, as_of=report.as_of, commitments=part)
    return [
        {**_quarter(cycle), "expected": total.expected, "answered": total.answered}
        for cycle, total in totals
        if total.expected
    ]


def _areas(commitments: list[Commitment]) -> list[Area]:
    return list({commitment.area_id: commitment.area for commitment in commitments}.values())


def _answers(report: Report, cycle: Cycle) -> dict[int, dict[str, Any]]:
    """Assignment -> what was public on it, as plain rows too."""
    public = UpdateVersion.objects.published(report.as_of).filter(update__assignment__in=assignments_of(report, cycle))
    translations = _translations(public, report.as_of)
    columns = ("pk", "number", *UpdateVersion.CONTENT, "published_at", "from_published_source")
    answers = {}
    for assignment, *values in public.values_list("update__assignment_id", *columns):
        answer = dict(zip(columns, values, strict=True))
        version = answer["version_id"] = answer.pop("pk")
        answer["published_at"] = answer["published_at"].isoformat()
        answers[assignment] = {**answer, "translations": translations.get(version, {})}
    return answers


def _translations(public: QuerySet[UpdateVersion], as_of: datetime) -> dict[int, dict[str, dict[str, str]]]:
    """Version -> language -> words."""
    columns = (*UpdateVersion.TEXTS, "state")
    found: dict[int, dict[str, dict[str, str]]] = {}
    rows = UpdateTranslation.objects.filter(version__in=public, created_at__lte=as_of)
    for version, language, *values in rows.values_list("version_id", "language", *columns):
        found.setdefault(version, {})[language] = dict(zip(columns, values, strict=True))
    return found


def _cycle(cycle: Cycle) -> dict[str, Any]:
    dates = {name: getattr(cycle, name).isoformat() for name in ("opens_on", "due_on", "closes_on")}
    return {**_quarter(cycle), "scope": cycle.scope, "state": cycle.state, **dates}


def _quarter(cycle: Cycle) -> dict[str, Any]:
    return {"key": cycle.key, "year": cycle.year, "quarter": cycle.quarter}


def _area(area: Area) -> dict[str, Any]:
    return {
        "uid": area.uid,
        "number": area.number,
        "title": in_all_languages(area, "title"),
        "short_title": in_all_languages(area, "short_title"),
    }


def _commitment(commitment: Commitment) -> dict[str, Any]:
    return {
        "uid": commitment.uid,
        "code": commitment.code,
        "area": commitment.area.uid,
        "paragraph": commitment.paragraph,
        "provenance": commitment.provenance,
        "lead": commitment.lead.kind,
        "joint": [owner.kind for owner in commitment.joint],
        "title": in_all_languages(commitment, "title"),
        "statement": in_all_languages(commitment, "statement"),
        "official_text": in_all_languages(commitment, "official_text"),
    }


def _stakeholder(stakeholder: Stakeholder) -> dict[str, Any]:
    return {
        "code": stakeholder.code,
        "kind": stakeholder.kind,
        "name": in_all_languages(stakeholder, "name"),
        "demonstration": stakeholder.is_demonstration,
    }
