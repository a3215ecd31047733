"""Everything that happens to a report: compiled, made file by file, tried again."""

from reports.actions.compiling import compile_report, retry_document
from reports.actions.producing import claim_next_document, produce_document, sweep_working_files

__all__ = [
    "claim_next_document",
    "compile_report",
    "produce_document",
    "retry_document",
    "sweep_working_files",
]
