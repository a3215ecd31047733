"""The frozen rows of a report: one cycle as the public saw it at one instant, in no language.

Every word is taken from published versions, so the same instant gives the same bytes at any later time,
as long as the catalogue and the registry keep their words; that is why the content is stored.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from commitments.models import Area, Commitment
from progress.models import Assignment, Cycle, UpdateVersion
from reports.models import Report
from stakeholders.languages import in_all_languages
from stakeholders.models import Stakeholder

SCHEMA = 1


def take_snapshot(report: Report) -> str:
    """The report's rows as canonical JSON: about ten queries, whatever the number of updates."""
    assignments = list(Assignment.objects.filter(cycle=report.cycle_id).order_by("pk"))
    commitments = _commitments(assignments)
    stakeholders = Stakeholder.objects.in_bulk({a.stakeholder_id for a in assignments})
    uids = {commitment.pk: commitment.uid for commitment in commitments}
    position = {commitment.pk: n for n, commitment in enumerate(commitments)}
    answers = _answers(report)
    assignments.sort(key=lambda a: (position[a.commitment_id], stakeholders[a.stakeholder_id].code))
    declaration = commitments[0].area.declaration if commitments else None
    content = {
        "schema": SCHEMA,
        "as_of": report.as_of.isoformat(),
        "software_version": settings.VERSION,
        "site": settings.SITE_ADDRESS,
        "report_id": str(report.pk),
        "demonstration": report.is_demonstration,
        "cycle": _cycle(report.cycle),
        "declaration": {
            "code": declaration.code if declaration else "",
            "title": in_all_languages(declaration, "title") if declaration else {},
            "note": in_all_languages(declaration, "note") if declaration else {},
        },
        "areas": [_area(area) for area in _areas(commitments)],
        "commitments": [_commitment(commitment) for commitment in commitments],
        "stakeholders": [_stakeholder(s) for s in sorted(stakeholders.values(), key=lambda s: s.code)],
        "assignments": [
            {
                "commitment": uids[assignment.commitment_id],
                "stakeholder": stakeholders[assignment.stakeholder_id].code,
                "kind": assignment.kind,
                "asked_on": assignment.asked_on.isoformat(),
                "update": answers.get(assignment.pk),
            }
            for assignment in assignments
        ],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(content: str) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def _commitments(assignments: Iterable[Assignment]) -> list[Commitment]:
    asked = {assignment.commitment_id for assignment in assignments}
    edition = Commitment.objects.filter(area__declaration__areas__commitments__in=asked).distinct()
    return list(
        edition.select_related("area__declaration").prefetch_related("owners").order_by("area__number", "position")
    )


def _areas(commitments: list[Commitment]) -> list[Area]:
    return list({commitment.area_id: commitment.area for commitment in commitments}.values())


def _answers(report: Report) -> dict[int, dict[str, Any]]:
    versions = (
        UpdateVersion.objects.published(report.as_of)
        .filter(update__assignment__cycle=report.cycle_id)
        .select_related("update")
        .prefetch_related("translations")
    )
    return {version.update.assignment_id: _answer(version, report) for version in versions}


def _answer(version: UpdateVersion, report: Report) -> dict[str, Any]:
    assert version.published_at is not None  # published() selects on it
    return {
        "version_id": version.pk,
        "number": version.number,
        **version.content,
        "published_at": version.published_at.isoformat(),
        "from_published_source": version.from_published_source,
        "translations": {
            translation.language: {
                "narrative": translation.narrative,
                "obstacles": translation.obstacles,
                "next_steps": translation.next_steps,
                "sources": translation.sources,
                "state": translation.state,
            }
            for translation in version.translations.all()
            if translation.created_at <= report.as_of
        },
    }


def _cycle(cycle: Cycle) -> dict[str, Any]:
    dates = {name: getattr(cycle, name).isoformat() for name in ("opens_on", "due_on", "closes_on")}
    return {"year": cycle.year, "quarter": cycle.quarter, "scope": cycle.scope, "state": cycle.state, **dates}


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
