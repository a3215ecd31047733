"""Snapshot + language -> the report in that language, every word and number in its place."""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.models import Provenance
from reports.rendering import annexes, chapters, summary, words
from reports.rendering.document import ReportDocument
from reports.rendering.figures import Snapshot
from reports.rendering.frame import Frame
from reports.rendering.text_guard import count_replaced
from stakeholders.dates import long_date, long_moment, quarter_name


def compose(snapshot: Snapshot, language: str, *, fingerprint: str) -> ReportDocument:
    """The whole report in one language. The same snapshot gives the same report whenever it is composed."""
    with translation.override(language):
        frame = Frame(snapshot, language, fingerprint)
        document = _document(frame)
        replaced = count_replaced(document)
        if replaced:
            document.replaced = _replaced(frame, replaced)
        return document


def _document(frame: Frame) -> ReportDocument:
    cycle = frame.snapshot["cycle"]
    return ReportDocument(
        language=frame.language,
        html_lang=frame.own.html_lang,
        direction=frame.own.direction,
        title=_("Action for Peacekeeping: review of the shared commitments"),
        subtitle=quarter_name(cycle["year"], cycle["quarter"], frame.language),
        as_of=_("As of %(moment)s") % {"moment": long_moment(frame.as_of, frame.language)},
        as_of_iso=frame.snapshot["as_of"],
        demonstration=_demonstration(frame),
        cover_notes=_cover_notes(frame),
        labels=words.labels(),
        summary=summary.summary(frame),
        figures=summary.key_figures(frame),
        coverage=summary.coverage_by_area(frame),
        charts=summary.charts(frame),
        owners=summary.coverage_by_owner(frame),
        chapters=[chapters.chapter(frame, area) for area in frame.snapshot["areas"]],
        annex=annexes.silence(frame),
        method=annexes.method(frame),
        provenance=annexes.provenance(frame),
    )


def _demonstration(frame: Frame) -> str:
    if not frame.snapshot["demonstration"]:
        return ""
    return _("Demonstration: invented stakeholders, not a United Nations document")


def _cover_notes(frame: Frame) -> list[str]:
    cycle = {k: date.fromisoformat(frame.snapshot["cycle"][k]) for k in ("opens_on", "due_on", "closes_on")}
    days = {k.removesuffix("_on"): long_date(day, frame.language) for k, day in cycle.items()}
    notes = [
        frame.snapshot["declaration"]["title"].get(frame.language, ""),
        _("Opens %(opens)s, updates due %(due)s, closes %(closes)s.") % days,
    ]
    rows = len(frame.snapshot["commitments"])
    if any(c["provenance"] != Provenance.OFFICIAL for c in frame.snapshot["commitments"]):
        notes.append(
            ngettext(
                "The %(n)s commitment of this report is a working breakdown of the Declaration, not an official list.",
                "The %(n)s commitments of this report are a working breakdown of the Declaration, not an official "
                "list.",
                rows,
            )
            % {"n": frame.number(rows)}
        )
    if frame.snapshot["cycle"]["scope"] == "secretariat":
        notes.append(_("In this cycle only the Secretariat was asked; no State or organization was asked to report."))
    return [note for note in notes if note]


def _replaced(frame: Frame, n: int) -> str:
    return ngettext(
        "%(n)s character that no font of this file draws is shown as an empty box; the HTML file has it as written.",
        "%(n)s characters that no font of this file draws are shown as empty boxes; the HTML file has them as written.",
        n,
    ) % {"n": frame.number(n)}
