"""Snapshot + language -> the report in that language, every word and number in its place."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.models import Provenance
from reports.figures import Snapshot
from reports.rendering import annexes, chapters, difference, summary, words
from reports.rendering.document import ReportDocument
from reports.rendering.frame import Frame
from reports.rendering.text_guard import count_replaced
from stakeholders.dates import long_date, long_moment


def compose(snapshot: Snapshot, language: str, *, fingerprint: str) -> ReportDocument:
    """The whole report in one language. The same snapshot gives the same report whenever it is composed."""
    with translation.override(language):
        frame = Frame(snapshot, language, fingerprint)
        document = _document(frame)
        replaced = count_replaced(_words_of_people(document))
        if replaced:
            document.replaced = _replaced(frame, replaced)
        return document


def _words_of_people(document: ReportDocument) -> Iterator[str]:
    """What stakeholders wrote, their names, and the reason of a correction; the other words are the program's own."""
    yield from document.cover_notes
    for chapter in document.chapters:
        for commitment in chapter.commitments:
            for answer in commitment.answers:
                yield answer.stakeholder
                for part in answer.parts:
                    yield from part.paragraphs


def _document(frame: Frame) -> ReportDocument:
    is_difference = frame.scope == "difference"
    front = summary.summary(frame)
    if is_difference:
        front.paragraphs.insert(1, difference.summary(frame))
    return ReportDocument(
        language=frame.language,
        html_lang=frame.own.html_lang,
        direction=frame.own.direction,
        title=document_title(),
        subtitle=subtitle(frame),
        as_of=_("As of %(moment)s") % {"moment": long_moment(frame.as_of, frame.language)},
        as_of_iso=frame.snapshot["as_of"],
        demonstration=demonstration_mark(frame),
        cover_notes=_cover_notes(frame),
        labels=words.labels(),
        summary=front,
        figures=summary.key_figures(frame),
        tables=[*([difference.changes(frame)] if is_difference else []), *summary.tables(frame)],
        charts=summary.charts(frame),
        chapters=[chapters.chapter(frame, area) for area in frame.snapshot["areas"]],
        annex=annexes.silence(frame),
        method=annexes.method(frame),
        provenance=annexes.provenance(frame),
    )


def document_title() -> str:
    return _("Action for Peacekeeping: review of the shared commitments")


def subtitle(frame: Frame) -> str:
    """The cycle, and what part of it."""
    quarter = frame.quarter(frame.snapshot["cycle"])
    if frame.scope == "area":
        area = frame.snapshot["areas"][0] if frame.snapshot["areas"] else {"short_title": {}}
        return _("%(cycle)s: %(area)s") % {"cycle": quarter, "area": area["short_title"].get(frame.language, "")}
    if frame.scope == "dossier":
        name = frame.names.get(frame.snapshot["scope"]["stakeholder"], "")
        return _("%(cycle)s: %(stakeholder)s") % {"cycle": quarter, "stakeholder": name}
    if frame.scope == "difference":
        return _("%(cycle)s, compared with %(before)s") % {
            "cycle": quarter,
            "before": frame.quarter(frame.snapshot["baseline"]),
        }
    return quarter


def demonstration_mark(frame: Frame) -> str:
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
    if superseded := frame.snapshot["supersedes"]:
        moment = long_moment(datetime.fromisoformat(superseded["as_of"]), frame.language)
        notes.append(_("This report supersedes the one as of %(moment)s. Reason given:") % {"moment": moment})
        notes.append(superseded["reason"])
    return [note for note in notes if note]


def _replaced(frame: Frame, n: int) -> str:
    return ngettext(
        "%(n)s character that no font of this file draws is shown as an empty box; the HTML file has it as written.",
        "%(n)s characters that no font of this file draws are shown as empty boxes; the HTML file has them as written.",
        n,
    ) % {"n": frame.number(n)}
