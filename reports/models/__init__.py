from reports.models.document import UNFINISHED, Document, DocumentFormat, DocumentState
from reports.models.report import Occasion, Report, Request, Scope, Snapshot

__all__ = [
    "UNFINISHED",
    "Document",
    "DocumentFormat",
    "DocumentState",
    "Occasion",
    "Report",
    "Request",
    "Scope",
    "Snapshot",
]
