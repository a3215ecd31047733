"""The body of the report: an area, its commitments, and what stakeholders said about each."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from reports.figures import PUBLISHED, STATUSES, Figures
from reports.rendering import words
from reports.rendering.difference import change_of, left_out, unchanged
from reports.rendering.document import NOTHING, Answer, Cell, Chapter, CommitmentSection, Part, Table
from reports.rendering.frame import Frame
from stakeholders.dates import long_date
from stakeholders.languages import get_language

FEW_NAMES = 12


def chapter(frame: Frame, area: dict[str, Any]) -> Chapter:
    commitments = frame.commitments_of(area)
    return Chapter(
        anchor=area["uid"],
        kicker=_("Area %(number)s") % {"number": frame.number(area["number"])},
        short_title=area["short_title"][frame.language],
        title=area["title"][frame.language],
        intro=_intro(frame, frame.count(commitments)),
        table=_commitments_table(frame, commitments),
        commitments=[_commitment(frame, commitment) for commitment in commitments],
    )


def _intro(frame: Frame, figures: Figures) -> str:
    if not figures.expected:
        return _(
            "The commitments of this area are collective. Contributions published: %(contributed)s of "
            "%(invited)s invited."
        ) % {"contributed": frame.number(figures.contributed), "invited": frame.number(figures.invited)}
    return _(
        "In this area %(answered)s of %(expected)s expected answers and %(contributed)s contributions to "
        "collective commitments have been published."
    ) % {
        "answered": frame.number(figures.answered),
        "expected": frame.number(figures.expected),
        "contributed": frame.number(figures.contributed),
    }


def _commitments_table(frame: Frame, commitments: list[dict[str, Any]]) -> Table:
    rows = []
    for commitment in commitments:
        figures, uid = frame.count([commitment]), commitment["uid"]
        rows.append(
            [
                Cell(commitment["code"]),
                Cell(commitment["title"][frame.language]),
                Cell(words.owner_label(commitment["lead"])),
                _of(frame, figures.answered, figures.expected, commitment=uid, kind="expected"),
                _of(frame, figures.contributed, figures.invited, commitment=uid, kind="invited"),
            ]
        )
    return Table(
        caption=_("Commitments of this area"),
        columns=[
            _("Code"),
            pgettext("column", "Commitment"),
            pgettext("owner", "Leads"),
            _("Answered of expected"),
            _("Contributed of invited"),
        ],
        rows=rows,
        numeric=[False, False, False, True, True],
        widths=[0.7, 3.4, 1.8, 1.3, 1.3],
    )


def _of(frame: Frame, n: int, total: int, **filters: str) -> Cell:
    if not total:
        return Cell(NOTHING, is_figure=True)
    text = _("%(n)s of %(total)s") % {"n": frame.number(n), "total": frame.number(total)}
    return Cell(text, frame.trace({**filters, "status": PUBLISHED} if n else filters), is_figure=True)


def _commitment(frame: Frame, commitment: dict[str, Any]) -> CommitmentSection:
    assignments = frame.assignments[commitment["uid"]]
    official = commitment["official_text"].get(frame.language, "")
    return CommitmentSection(
        code=commitment["code"],
        title=commitment["title"][frame.language],
        statement=commitment["statement"][frame.language],
        official=Part(_("Official text"), official.split("\n")) if official else None,
        facts=_facts(frame, commitment),
        answers=[_answer(frame, a) for a in frame.sorted(_told(frame, assignments))],
        silence=[
            *unchanged(frame, assignments),
            *left_out(frame, commitment["uid"]),
            *_silence(frame, [a for a in assignments if not a["update"]]),
        ],
        url=frame.address(f"commitments/{commitment['uid']}/"),
    )


def _told(frame: Frame, assignments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is quoted: every published update, and in a report about a difference those that bring one."""
    told = [a for a in assignments if a["update"]]
    return [a for a in told if change_of(frame, a)] if frame.scope == "difference" else told


def _facts(frame: Frame, commitment: dict[str, Any]) -> list[tuple[str, str]]:
    facts = [(pgettext("owner", "Leads"), words.owner_label(commitment["lead"]))]
    if commitment["joint"]:
        joint = [words.owner_label(kind) for kind in commitment["joint"]]
        facts.append((pgettext("owner", "Together with"), words.listed(joint, frame.language)))
    rests_on = _("%(provenance)s; %(paragraph)s") % {
        "provenance": words.provenance_label(commitment["provenance"]),
        "paragraph": words.paragraph_in_words(commitment["paragraph"]),
    }
    facts.append((_("Rests on"), rests_on))
    counts = frame.count([commitment]).statuses
    statuses = [
        _("%(status)s: %(n)s") % {"status": words.status_label(key), "n": frame.number(counts[key])}
        for key in STATUSES
        if counts[key]
    ]
    if statuses:
        facts.append((_("Status as reported"), words.listed(statuses, frame.language)))
    return facts


def _answer(frame: Frame, assignment: dict[str, Any]) -> Answer:
    update, told = assignment["update"], frame.told
    texts = words.shown_texts(update, frame.language)
    shown = get_language(texts["language"])
    published = datetime.fromisoformat(update["published_at"]).date()
    from_source = update["from_published_source"]
    is_invented = frame.stakeholders[assignment["stakeholder"]]["demonstration"]
    return Answer(
        version=update["version_id"],
        wanted=frame.language,
        original=update["language"],
        stakeholder=frame.names[assignment["stakeholder"]],
        mark=told.demonstration if is_invented else "",
        status=told.statuses[update["status"]],
        status_key=update["status"],
        language_note=told.language_note(update),
        source_note=told.from_source if from_source else "",
        change=change_of(frame, assignment),
        lang=shown.html_lang,
        direction=shown.direction,
        parts=_parts(told.headings, texts),
        published=told.published
        % {"day": long_date(published, frame.language), "number": frame.number(update["number"])},
        url=frame.address(f"versions/{update['version_id']}/"),
    )


def _parts(headings: dict[str, str], texts: dict[str, str]) -> list[Part]:
    """The texts that are not empty, in paragraphs."""
    headed = [(heading, texts[name]) for name, heading in headings.items()]
    return [
        Part(heading, [line for line in text.split("\n") if line.strip()]) for heading, text in headed if text.strip()
    ]


def _silence(frame: Frame, silent: list[dict[str, Any]]) -> list[str]:
    invited = sum(a["kind"] == "invited" for a in silent)
    names = [frame.names[a["stakeholder"]] for a in frame.sorted(silent) if a["kind"] == "expected"]
    told = []
    if names and len(names) <= FEW_NAMES:
        told.append(_("No information received from: %(names)s.") % {"names": words.listed(names, frame.language)})
    elif names:
        told.append(
            ngettext(
                "No information received from %(n)s stakeholder, named in the annex.",
                "No information received from %(n)s stakeholders, named in the annex.",
                len(names),
            )
            % {"n": frame.number(len(names))}
        )
    if invited:
        told.append(
            ngettext(
                "%(n)s invited stakeholder has not contributed.",
                "%(n)s invited stakeholders have not contributed.",
                invited,
            )
            % {"n": frame.number(invited)}
        )
    return told
