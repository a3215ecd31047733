"""From frozen rows to a file: what is composed, in which language, and by which renderer it is written."""

import json
from collections.abc import Callable

from reports import figures
from reports.collecting import without_collecting
from reports.models import DocumentFormat
from reports.rendering import parity
from reports.rendering.composition import compose
from reports.rendering.csv_file import render_csv
from reports.rendering.document import ReportDocument
from reports.rendering.docx import render_docx
from reports.rendering.failures import RenderFailed
from reports.rendering.html import render_html
from reports.rendering.pdf import render_pdf
from reports.rendering.rendered import RenderedFile
from reports.rendering.sheets import Workbook, compose_sheets
from reports.rendering.xlsx import render_xlsx

OnWait = Callable[[], None]


class Manuscript:
    """A report's frozen rows. What was composed last is kept, since one language is mostly asked for five times."""

    def __init__(self, content: str, fingerprint: str) -> None:
        self.snapshot: figures.Snapshot = json.loads(content)
        self.fingerprint = fingerprint
        self._document: ReportDocument | None = None
        self._workbook: Workbook | None = None
        self._reference: parity.Skeleton | None = None
        self._reference_rows: parity.Skeleton | None = None

    @without_collecting
    def document(self, language: str) -> ReportDocument:
        """The report in this language. Raises RenderFailed("parity") where it does not say what the English says."""
        document = self._document
        if document is None or document.language != language:
            document = compose(self.snapshot, language, fingerprint=self.fingerprint)
            skeleton = parity.of_document(document)
            if language == parity.REFERENCE:
                self._reference = skeleton
            self._compare(self._reference_document(), skeleton, language)
            self._document = document
        return document

    @without_collecting
    def workbook(self, language: str) -> Workbook:
        workbook = self._workbook
        if workbook is None or workbook.language != language:
            workbook = compose_sheets(self.snapshot, language, fingerprint=self.fingerprint)
            skeleton = parity.of_workbook(workbook)
            if language == parity.REFERENCE:
                self._reference_rows = skeleton
            self._compare(self._reference_workbook(), skeleton, language)
            self._workbook = workbook
        return workbook

    def _reference_document(self) -> parity.Skeleton:
        if self._reference is None:
            english = compose(self.snapshot, parity.REFERENCE, fingerprint=self.fingerprint)
            self._reference = parity.of_document(english)
        return self._reference

    def _reference_workbook(self) -> parity.Skeleton:
        if self._reference_rows is None:
            english = compose_sheets(self.snapshot, parity.REFERENCE, fingerprint=self.fingerprint)
            self._reference_rows = parity.of_workbook(english)
        return self._reference_rows

    def _compare(self, reference: parity.Skeleton, other: parity.Skeleton, language: str) -> None:
        difference = parity.first_difference(reference, other)
        if difference:
            raise RenderFailed("parity", f"{parity.REFERENCE} ≠ {language}: {difference}")


def render(manuscript: Manuscript, language: str, format: str, *, on_wait: OnWait, time_limit: float) -> RenderedFile:
    """One file of the report. Raises RenderFailed with a plain reason, OSError, and whatever `on_wait` raises."""
    if format == DocumentFormat.PDF:
        return render_pdf(manuscript.document(language), on_wait=on_wait, time_limit=time_limit)
    if format == DocumentFormat.DOCX:
        return render_docx(manuscript.document(language), on_wait=on_wait, time_limit=time_limit)
    if format == DocumentFormat.HTML:
        return render_html(manuscript.document(language))
    if format == DocumentFormat.XLSX:
        return render_xlsx(manuscript.workbook(language))
    return render_csv(manuscript.workbook(language))
