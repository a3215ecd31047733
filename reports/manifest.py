"""The manifest of a report: what was issued, from which data, by which program, and how each file is known again."""

from typing import Any

from reports.models import DocumentState, Report


def manifest_of(report: Report) -> dict[str, Any]:
    """The report's files that are ready, with size in bytes and SHA-256; `complete` when all of them are."""
    documents = sorted(report.documents.all(), key=lambda d: (d.language, d.format))
    ready = [document for document in documents if document.state == DocumentState.READY]
    return {
        "report": str(report.pk),
        "cycle": report.cycle.key,
        "scope": report.scope,
        "area": report.area.uid if report.area else None,
        "stakeholder": report.stakeholder.code if report.stakeholder else None,
        "compared_with": report.baseline.key if report.baseline else None,
        "supersedes": str(report.supersedes_id) if report.supersedes_id else None,
        "as_of": report.as_of.isoformat(),
        "demonstration": report.is_demonstration,
        "data_sha256": report.fingerprint,
        "software_version": report.software_version or None,
        "complete": bool(documents) and len(ready) == len(documents),
        "files": [
            {
                "name": document.download_name,
                "language": document.language,
                "format": document.format,
                "bytes": document.size,
                "sha256": document.sha256,
            }
            for document in ready
        ],
    }
