"""Everything that happens to a report: compiled, made file by file, tried again, cancelled, corrected, announced."""

from reports.actions.announcing import announce_finished_reports
from reports.actions.compiling import cancel_report, compile_at_closing, compile_report, correct_report, retry_document
from reports.actions.producing import claim_next_document, produce_document, sweep_working_files, verify_document

__all__ = [
    "announce_finished_reports",
    "cancel_report",
    "claim_next_document",
    "compile_at_closing",
    "compile_report",
    "correct_report",
    "produce_document",
    "retry_document",
    "sweep_working_files",
    "verify_document",
]
