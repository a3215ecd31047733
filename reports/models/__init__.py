from reports.models.document import Document, DocumentFormat, DocumentState
from reports.models.report import Report, Snapshot

__all__ = ["Document", "DocumentFormat", "DocumentState", "Report", "Snapshot"]
